import type { RefObject } from 'react';
import type { Allowed } from '../../domain/allowed-actions.ts';
import type { CertificateSettings, SettingsDraft, TwoFactorChange } from '../../domain/certificate-settings.ts';
import { reachesAllDatabases } from '../../domain/clearance.ts';
import { ClearanceField } from '../../parts/clearance-field.tsx';
import { DatabasesField } from '../../parts/databases-field.tsx';
import { useCapabilities } from '../../queries/use-capabilities.ts';
import type { CodeCheck } from '../../ui/authenticator-key.tsx';
import type { Choice } from '../../ui/choice.ts';
import { onDemand } from '../../ui/on-demand.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Switch } from '../../ui/switch.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { EditProblems } from './edit-problems.ts';
import css from './edit.module.css';

// The QR code comes when somebody wants a new key.
const NewAuthenticationKey = onDemand(
  () => import('../../parts/new-authentication-key.tsx').then((part) => part.NewAuthenticationKey),
  <Skeleton />,
);

/** What may become of the authentication key. */
function keyChoices(has: boolean | null): Choice<TwoFactorChange>[] {
  if (has === false)
    return [
      { value: 'keep', label: 'Not asked', description: 'The certificate’s key alone lets in' },
      { value: 'replace', label: 'Ask for a code', description: 'Each session needs one of an authenticator app' },
    ];
  return [
    {
      value: 'keep',
      label: has === null ? 'As it is' : 'Keep the key',
      description:
        has === null ? 'The server doesn’t say whether a code is asked' : 'The authenticator app stays as it is',
    },
    { value: 'replace', label: 'New key', description: 'For a lost or changed authenticator app' },
    { value: 'remove', label: 'Remove', description: 'No code is asked any more' },
  ];
}

/** Name, clearance, databases, second factor and state. */
export function SettingsFields({
  base,
  draft,
  onChange,
  problems,
  clusterAdmin,
  disableAllowed,
  authenticationKey,
  codeCheck,
  onCodeCheck,
}: {
  base: CertificateSettings;
  draft: SettingsDraft;
  onChange: (change: Partial<SettingsDraft>) => void;
  problems: { readonly [field in keyof EditProblems]: string | undefined };
  /** Whether the viewer may give the clearance Cluster admin. */
  clusterAdmin: boolean;
  disableAllowed: Allowed;
  /** Gets the new key while there is one. */
  authenticationKey: RefObject<string | null>;
  codeCheck: CodeCheck;
  onCodeCheck: (codeCheck: CodeCheck) => void;
}) {
  const kept = draft.permissions.length;
  const capabilities = useCapabilities();
  return (
    <>
      <div data-field="name">
        <TextField
          label="Name"
          value={draft.name}
          error={problems.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </div>
      <div data-field="clearance">
        <ClearanceField
          value={draft.clearance}
          present={base.clearance}
          clusterAdmin={clusterAdmin}
          error={problems.clearance}
          onChange={(clearance) => onChange({ clearance })}
        />
      </div>
      <div data-field="databases">
        {reachesAllDatabases(draft.clearance) && problems.databases === undefined ? (
          <div className={css.all}>
            <span className={css.label}>Databases</span>
            <p>
              All of them, with this clearance.
              {kept === 0
                ? ''
                : ` The ${kept === 1 ? 'one' : kept} stored for the clearance User ${kept === 1 ? 'is' : 'are'} kept.`}
            </p>
          </div>
        ) : (
          <DatabasesField
            rows={draft.permissions.map(({ database, access }) => ({
              item: database,
              level: access === 'Unknown' ? undefined : access,
            }))}
            onChange={(rows) =>
              onChange({ permissions: rows.map(({ item, level }) => ({ database: item, access: level ?? 'Unknown' })) })
            }
            error={problems.databases}
          />
        )}
      </div>
      {capabilities?.twoFactor === false ? null : (
        <div data-field="codeCheck" className={css.secondFactor}>
          <RadioCards
            legend="Second factor"
            value={draft.twoFactor}
            options={keyChoices(base.hasTwoFactor)}
            onChange={(twoFactor) => {
              onCodeCheck('open');
              onChange({ twoFactor });
            }}
          />
          {draft.twoFactor === 'replace' ? (
            <NewAuthenticationKey
              name={draft.name}
              keyRef={authenticationKey}
              codeCheck={codeCheck}
              onCodeCheck={onCodeCheck}
              problem={problems.codeCheck}
            />
          ) : null}
        </div>
      )}
      {capabilities?.disable === false ? null : (
        <Switch
          label="Enabled"
          hint="A disabled certificate keeps its settings and is refused."
          checked={!draft.disabled}
          disabledReason={disableAllowed === true || draft.disabled ? undefined : disableAllowed}
          onChange={(event) => onChange({ disabled: !event.target.checked })}
        />
      )}
    </>
  );
}
