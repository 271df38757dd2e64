import { useQuery } from '@tanstack/react-query';
import { type RefObject, type SubmitEvent } from 'react';
import { clearanceLabels, clearanceReach, isClusterAdmin, offeredClearances } from '../../domain/clearance.ts';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { Card } from '../../ui/card.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { TextField } from '../../ui/text-field.tsx';
import css from './upload.module.css';
import type { UploadForm, UploadProblems } from './upload-form.ts';

/** Name, clearance, databases and second factor: what RavenDB keeps beside the certificate. */
export function UploadSettings({
  id,
  form,
  problems,
  onChange,
  onSubmit,
}: {
  /** Of the form element, for a button outside of it. */
  id: string;
  form: UploadForm;
  problems: UploadProblems;
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
          hint="Shown in the list, with each certificate of a set."
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
      </form>
    </Card>
  );
}
