import { useQuery } from '@tanstack/react-query';
import type { RefObject, SubmitEvent } from 'react';
import { isClusterAdmin, reachesAllDatabases } from '../../domain/clearance.ts';
import { ClearanceField } from '../../parts/clearance-field.tsx';
import { DatabasesField } from '../../parts/databases-field.tsx';
import { TwoFactorFields } from '../../parts/two-factor-fields.tsx';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { Card } from '../../ui/card.tsx';
import { onDemand } from '../../ui/on-demand.tsx';
import { TextField } from '../../ui/text-field.tsx';
import css from './upload.module.css';
import type { UploadForm, UploadProblems } from './upload-form.ts';

// QR code and one-time codes come when somebody wants them.
const NewAuthenticationKey = onDemand(() =>
  import('../../parts/new-authentication-key.tsx').then((part) => part.NewAuthenticationKey),
);

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
  const { data: me } = useQuery(whoAmIQuery(useApi()));
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
        <ClearanceField
          value={form.clearance}
          clusterAdmin={me == null || isClusterAdmin(me.clearance)}
          error={problems.clearance}
          onChange={(clearance) => onChange({ clearance })}
        />
        {reachesAllDatabases(form.clearance) ? null : (
          <DatabasesField
            rows={form.grants}
            error={problems.grants}
            onChange={(rows) =>
              onChange({ grants: rows.map(({ item, level }) => ({ item, level: level ?? 'ReadWrite' })) })
            }
          />
        )}
        <TwoFactorFields
          form={form}
          problem={problems.codeCheck}
          keyRef={authenticationKey}
          keyPart={NewAuthenticationKey}
          onChange={onChange}
        />
      </form>
    </Card>
  );
}
