import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { databaseNameProblem } from '../../domain/database-name.ts';
import { accessChoices } from '../../parts/access-choices.ts';
import { useApi } from '../../queries/api-context.ts';
import { selectionState } from '../../queries/selection.ts';
import { databaseNamesQuery } from '../../queries/server.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { bulkPath, type BulkRequest } from './bulk-request.ts';
import css from './bulk.module.css';

/** Which database, and how far it is opened. Both stand in the address. */
export function BulkAccess({ request, selected }: { request: BulkRequest; selected: readonly string[] }) {
  const api = useApi();
  const { navigate } = useNavigation();
  const { data: databases = [] } = useQuery(databaseNamesQuery(api));
  const [refused, setRefused] = useState<string>();
  const { kind, database, access } = request;
  const change = (part: Partial<BulkRequest>) =>
    navigate(bulkPath({ ...request, ...part }), { replace: true, state: selectionState(selected) });
  const choose = (name: string) => {
    const problem = databaseNameProblem(name);
    setRefused(problem ?? undefined);
    if (problem === null) change({ database: name });
  };
  // The address may hold anything; taking access goes by the names that are there.
  const problem = database === '' || kind === 'revoke' ? null : databaseNameProblem(database);
  if (database === '' || problem !== null)
    return (
      <Card className={css.card}>
        <Combobox
          label="Database"
          options={databases.map((value) => ({ value }))}
          creatable={(typed) => `“${typed}”, not a database here`}
          none="Enter the name of a database"
          placeholder="Choose, or enter a name"
          error={refused ?? problem ?? undefined}
          onSelect={choose}
        />
      </Card>
    );
  return (
    <Card className={css.access}>
      <p>
        Database <b>{database}</b>
      </p>
      <Button size="small" variant="quiet" onClick={() => change({ database: '' })}>
        Choose another
      </Button>
      {kind === 'grant' ? (
        <span className={css.level}>
          <SegmentedControl
            label={`Access to ${database}`}
            options={accessChoices}
            value={access}
            onChange={(value) => change({ access: value })}
          />
        </span>
      ) : null}
    </Card>
  );
}
