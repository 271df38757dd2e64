import { useQuery } from '@tanstack/react-query';
import { lazy, type RefObject, Suspense } from 'react';
import { databaseAccessLevels } from '../../api/types.ts';
import { clearanceLabels, clearanceReach, offeredClearances, reachesAllDatabases } from '../../domain/clearance.ts';
import { accessLabels, needsReadOnlyLicence } from '../../domain/database-access.ts';
import { databaseNameProblem } from '../../domain/database-name.ts';
import { useApi } from '../../queries/api-context.ts';
import { databaseNamesQuery } from '../../queries/server.ts';
import { LevelRows } from '../../ui/level-rows.tsx';
import { PassphraseField } from '../../ui/passphrase-field.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ExpiryField } from './expiry-field.tsx';
import css from './generate.module.css';
import type { GenerateForm } from './generate-form.ts';
import { KeyPart } from './key-part.tsx';
import { type GenerateLimits, type GenerateProblems, readOnlyProblem } from './validate-generate.ts';

// QR code and one-time codes come when somebody wants them.
const TwoFactorPart = lazy(() => import('./two-factor-part.tsx').then((part) => ({ default: part.TwoFactorPart })));

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

/** Every field of the form. The two secrets aren't part of it: they stay where they are entered and shown. */
export function GenerateFields({
  form,
  limits,
  problems,
  nameTaken,
  passphrase,
  authenticationKey,
  onChange,
  onPassphrase,
}: {
  form: GenerateForm;
  limits: GenerateLimits;
  problems: GenerateProblems;
  /** Whether another certificate has this name: allowed, but confusing. */
  nameTaken: boolean;
  passphrase: RefObject<HTMLInputElement | null>;
  /** Gets the key while there is one. */
  authenticationKey: RefObject<string | null>;
  onChange: (change: Partial<GenerateForm>) => void;
  onPassphrase: (entered: boolean) => void;
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
      <div className={css.pair}>
        <div data-field="expiry">
          <ExpiryField
            value={form.expiry}
            error={problems.expiry}
            now={limits.now}
            onChange={(expiry) => onChange({ expiry })}
          />
        </div>
        <PassphraseField
          label="Passphrase"
          optional
          ref={passphrase}
          hint="Protects the .pfx file; the .key file beside it stays open. It can’t be recovered."
          onInput={(event) => onPassphrase(event.currentTarget.value !== '')}
        />
      </div>
      <KeyPart form={form} onChange={onChange} />
      <div data-field="codeCheck" className={css.secondFactor}>
        <Switch
          label="Require two-factor authentication"
          hint="For certificates that people use: each session asks for a code of an authenticator app."
          checked={form.twoFactor}
          onChange={(event) => onChange({ twoFactor: event.target.checked, codeCheck: 'open' })}
        />
        {form.twoFactor ? (
          <Suspense fallback={<Skeleton />}>
            <TwoFactorPart
              name={form.name}
              keyRef={authenticationKey}
              codeCheck={form.codeCheck}
              problem={problems.codeCheck}
              onCodeCheck={(codeCheck) => onChange({ codeCheck })}
            />
          </Suspense>
        ) : null}
      </div>
    </>
  );
}
