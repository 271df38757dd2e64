import { useQuery } from '@tanstack/react-query';
import { lazy, type RefObject, type SubmitEvent, Suspense } from 'react';
import { databaseAccessLevels } from '../../api/types.ts';
import {
  clearanceLabels,
  clearanceReach,
  isClusterAdmin,
  offeredClearances,
  reachesAllDatabases,
} from '../../domain/clearance.ts';
import { accessLabels } from '../../domain/database-access.ts';
import { databaseNameProblem } from '../../domain/database-name.ts';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { databaseNamesQuery } from '../../queries/server.ts';
import { Card } from '../../ui/card.tsx';
import { LevelRows } from '../../ui/level-rows.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import css from './upload.module.css';
import type { UploadForm, UploadProblems } from './upload-form.ts';

// QR code and one-time codes come when somebody wants them.
const TwoFactorPart = lazy(() => import('./two-factor-part.tsx').then((part) => ({ default: part.TwoFactorPart })));

const levels = databaseAccessLevels.map((value) => ({ value, label: accessLabels[value] }));

/** Name, clearance, databases and second factor: what RavenDB keeps beside the certificate. */
export function UploadSettings({
  id,
  form,
  problems,
  authenticationKey,
  onChange,
  onSubmit,
}: {
  /** Of the form element, for a button outside of it. */
  id: string;
  form: UploadForm;
  problems: UploadProblems;
  /** Gets the key while there is one. */
  authenticationKey: RefObject<string | null>;
  onChange: (change: Partial<UploadForm>) => void;
  onSubmit: () => void;
}) {
  const api = useApi();
  const { data: me } = useQuery(whoAmIQuery(api));
  const { data: databases } = useQuery(databaseNamesQuery(api));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Card aria-label="Settings">
      <form id={id} className={css.form} noValidate onSubmit={submit}>
        <TextField
          label="Name"
          hint="Shown in the list."
          value={form.name}
          error={problems.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <RadioCards
          legend="Clearance"
          value={form.clearance}
          error={problems.clearance}
          options={offeredClearances.map((clearance) => ({
            value: clearance,
            label: clearanceLabels[clearance],
            description: clearanceReach[clearance],
            disabledReason:
              clearance === 'ClusterAdmin' && me != null && !isClusterAdmin(me.clearance)
                ? 'Only a cluster admin may give it'
                : undefined,
          }))}
          onChange={(clearance) => onChange({ clearance })}
        />
        {reachesAllDatabases(form.clearance) ? null : (
          <LevelRows
            legend="Databases"
            noun="database"
            levels={levels}
            firstLevel="ReadWrite"
            rows={form.grants}
            onChange={(rows) =>
              onChange({ grants: rows.map(({ item, level }) => ({ item, level: level ?? 'ReadWrite' })) })
            }
            suggestions={databases ?? []}
            itemProblem={databaseNameProblem}
            empty="No database: it can connect, but open nothing."
            error={problems.grants}
          />
        )}
        <Switch
          label="Require two-factor authentication"
          hint="For certificates that people use: each session asks for a code of an authenticator app."
          checked={form.twoFactor}
          onChange={(event) => onChange({ twoFactor: event.target.checked, codeCheck: 'open' })}
        />
        {form.twoFactor ? (
          <Suspense fallback={null}>
            <TwoFactorPart
              name={form.name}
              keyRef={authenticationKey}
              codeCheck={form.codeCheck}
              problem={problems.codeCheck}
              onCodeCheck={(codeCheck) => onChange({ codeCheck })}
            />
          </Suspense>
        ) : null}
      </form>
    </Card>
  );
}
