import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { isClusterAdmin } from '../../domain/clearance.ts';
import { oneLine } from '../../domain/name-text.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { deleteMutation } from '../../queries/certificates.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { deleteTexts, type LastUsed } from './retire-texts.ts';
import css from './rotate.module.css';
import { useRetire } from './use-retire.ts';

/** Deletes the old one, after its consequences were said; an admin's when its name was typed. */
export function DeleteStep({
  old,
  current,
  alone,
  used,
  now,
  onDone,
}: {
  old: CertificateEntry;
  current: boolean;
  /** No step that disables it stands before this one. */
  alone: boolean;
  /** Of the old one. */
  used: LastUsed;
  now: number;
  onDone: () => void;
}) {
  const {
    allowed: { delete: allowed },
    siblings,
  } = useRetire(old);
  const remove = useMutation(deleteMutation(useApi()));
  const [typed, setTyped] = useState('');
  const asked = isClusterAdmin(old.clearance) && allowed === true ? oneLine(old.name) || old.thumbprint : null;
  const refused =
    allowed !== true ? allowed : asked !== null && oneLine(typed) !== asked ? 'Type its name first.' : undefined;
  return (
    <>
      <div className={css.texts}>
        {deleteTexts(old, { used, siblings, now }, alone).map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      {asked === null ? null : (
        <div className={css.narrow}>
          <TextField
            label={
              <>
                Type <b>{asked}</b> to delete this admin’s certificate
              </>
            }
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            spellCheck={false}
            autoComplete="off"
          />
        </div>
      )}
      {remove.error === null ? null : <FailureNotice error={remove.error} />}
      <div className={css.row}>
        <Button
          variant={current ? 'danger-solid' : 'danger'}
          icon="trash"
          pending={remove.isPending}
          disabledReason={refused}
          onClick={() => remove.mutate(old.thumbprint, { onSuccess: onDone })}
        >
          Delete the old one
        </Button>
      </div>
    </>
  );
}
