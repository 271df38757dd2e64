import { useQuery } from '@tanstack/react-query';
import { databaseAccessLevels } from '../../api/types.ts';
import { clearanceLabels, clearanceReach, offeredClearances, reachesAllDatabases } from '../../domain/clearance.ts';
import { accessLabels, needsReadOnlyLicence } from '../../domain/database-access.ts';
import { databaseNameProblem } from '../../domain/database-name.ts';
import { useApi } from '../../queries/api-context.ts';
import { databaseNamesQuery } from '../../queries/server.ts';
import { LevelRows } from '../../ui/level-rows.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { GenerateForm } from './generate-form.ts';
import { type GenerateLimits, type GenerateProblems, readOnlyProblem } from './validate-generate.ts';

const levels = databaseAccessLevels.map((value) => ({ value, label: accessLabels[value] }));

const grantsHint = ({ grants }: GenerateForm, databases: readonly string[] | undefined): string | undefined => {
  if (databases === undefined) return undefined;
  const known = new Set(databases.map((name) => name.toLowerCase()));
  const unknown = grants.filter(({ item }) => !known.has(item.toLowerCase())).map(({ item }) => `“${item}”`);
  if (unknown.length === 0) return undefined;
  return unknown.length > 3
    ? `${unknown.length} of them don’t exist on this server. The access counts from when they are created.`
    : `${unknown.join(', ')} ${unknown.length === 1 ? 'doesn’t' : 'don’t'} exist on this server. The access counts from when ${
        unknown.length === 1 ? 'it is' : 'they are'
      } created.`;
};

/** Name, clearance and databases. */
export function RightsFields({
  form,
  limits,
  problems,
  nameTaken,
  onChange,
}: {
  form: GenerateForm;
  limits: GenerateLimits;
  problems: GenerateProblems;
  /** Whether another certificate has this name: allowed, but confusing. */
  nameTaken: boolean;
  onChange: (change: Partial<GenerateForm>) => void;
}) {
  const { data: databases } = useQuery(databaseNamesQuery(useApi()));
  const permissions = form.grants.map(({ item, level }) => ({ database: item, access: level }));
  const unlicensed = limits.readOnlyLicence === false && needsReadOnlyLicence(permissions);
  return (
    <>
      <div data-field="name">
        <TextField
          label="Name"
          hint={
            nameTaken
              ? 'Another certificate has this name. That works, but the list shows two of them.'
              : 'Shown in the list, and written as the certificate’s subject.'
          }
          value={form.name}
          error={problems.name}
          spellCheck={false}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </div>
      <div data-field="clearance">
        <RadioCards
          legend="Clearance"
          value={form.clearance}
          error={problems.clearance}
          options={offeredClearances.map((clearance) => ({
            value: clearance,
            label: clearanceLabels[clearance],
            description: clearanceReach[clearance],
            disabledReason:
              clearance === 'ClusterAdmin' && !limits.clusterAdmin ? 'Only a cluster admin may give it' : undefined,
          }))}
          onChange={(clearance) => onChange({ clearance })}
        />
      </div>
      {reachesAllDatabases(form.clearance) ? null : (
        <div data-field="grants">
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
            hint={grantsHint(form, databases)}
            error={unlicensed ? readOnlyProblem : problems.grants}
          />
        </div>
      )}
    </>
  );
}
