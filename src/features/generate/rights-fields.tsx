import { useQuery } from '@tanstack/react-query';
import { reachesAllDatabases } from '../../domain/clearance.ts';
import { needsReadOnlyLicence } from '../../domain/database-access.ts';
import { grantedPermissions, readOnlyProblem } from '../../domain/rights.ts';
import { ClearanceField } from '../../parts/clearance-field.tsx';
import { DatabasesField } from '../../parts/databases-field.tsx';
import { useApi } from '../../queries/api-context.ts';
import { databaseNamesQuery } from '../../queries/server.ts';
import { TextField } from '../../ui/text-field.tsx';
import type { GenerateForm } from './generate-form.ts';
import type { GenerateLimits, GenerateProblems } from './validate-generate.ts';

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
  const unlicensed = limits.readOnlyLicence === false && needsReadOnlyLicence(grantedPermissions(form.grants));
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
        <ClearanceField
          value={form.clearance}
          clusterAdmin={limits.clusterAdmin}
          error={problems.clearance}
          onChange={(clearance) => onChange({ clearance })}
        />
      </div>
      {reachesAllDatabases(form.clearance) ? null : (
        <div data-field="grants">
          <DatabasesField
            rows={form.grants}
            hint={grantsHint(form, databases)}
            error={unlicensed ? readOnlyProblem : problems.grants}
            onChange={(rows) =>
              onChange({ grants: rows.map(({ item, level }) => ({ item, level: level ?? 'ReadWrite' })) })
            }
          />
        </div>
      )}
    </>
  );
}
