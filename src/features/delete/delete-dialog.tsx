import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Certificate } from '../../api/types.ts';
import { allowedActions, type Viewer } from '../../domain/allowed-actions.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { isClusterAdmin } from '../../domain/clearance.ts';
import { errorTexts } from '../../domain/error-texts.ts';
import { lastUsed } from '../../domain/last-used.ts';
import { oneLine } from '../../domain/name-text.ts';
import { losesSignIn } from '../../domain/sso.ts';
import { FreshCertificateDialog } from '../../parts/fresh-certificate-dialog.tsx';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery, deleteMutation } from '../../queries/certificates.ts';
import { lastUseQuery } from '../../queries/server.ts';
import { useNeighbours } from '../../queries/use-neighbours.ts';
import { cx } from '../../ui/cx.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { MessageDialog } from '../../ui/message-dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { deleteConsequences } from './delete-consequences.ts';
import css from './delete-dialog.module.css';

interface Props {
  thumbprint: string;
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks before a certificate is deleted: what is lost, and for an admin's its name. It is read anew first, whatever a list says. */
export function DeleteDialog(props: Props) {
  return (
    <FreshCertificateDialog thumbprint={props.thumbprint} title="Delete" onClose={props.onClose}>
      {({ entry }, viewer) => <Ask {...props} entry={entry} viewer={viewer} />}
    </FreshCertificateDialog>
  );
}

function Ask({ entry, viewer, onClose, onDeleted }: Props & { entry: CertificateEntry; viewer: Viewer }) {
  const api = useApi();
  const toast = useToast();
  const [now] = useState(Date.now);
  const [typed, setTyped] = useState('');
  const { siblings, lastAdmin } = useNeighbours(entry, true, now);
  const { data: lastUse } = useQuery(lastUseQuery(api));
  const { data: stranded } = useQuery({
    ...certificatesQuery(api),
    enabled: entry.kind === 'ssoServer',
    select: ({ certificates }) => losesSignIn<Certificate>(entry, certificates).map(({ name }) => name),
  });
  const remove = useMutation(deleteMutation(api));
  const allowed = allowedActions(entry, viewer, now, !lastAdmin).delete;
  const name = entry.name.trim() === '' ? entry.thumbprint : entry.name;
  if (allowed !== true)
    return (
      <MessageDialog title={`Delete “${name}”`} onClose={onClose}>
        {allowed}
      </MessageDialog>
    );
  const asksName = isClusterAdmin(entry.clearance);
  const matches = oneLine(typed) === oneLine(name);
  return (
    <FormDialog
      title={`Delete “${name}”?`}
      tone="danger"
      submitLabel="Delete certificate"
      submitDisabledReason={asksName && !matches ? 'Type the name of the certificate first.' : undefined}
      onClose={onClose}
      explainError={errorTexts}
      onSubmit={async () => {
        await remove.mutateAsync(entry.thumbprint);
        toast({ tone: 'success', text: `“${name}” is deleted` });
        onDeleted();
      }}
    >
      <ul className={css.list} aria-label="What follows">
        {deleteConsequences(entry, {
          used: lastUse === undefined ? undefined : lastUsed(entry, lastUse),
          siblings: entry.kind === 'ssoServer' ? [] : siblings,
          stranded,
          now,
        }).map(({ text, grave }) => (
          <li key={text} className={cx(css.item, grave && css.grave)}>
            <Icon name={grave ? 'warning' : 'info'} size={14} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      {asksName ? (
        <TextField
          label={
            <>
              Type <b>{oneLine(name)}</b> to delete this admin’s certificate
            </>
          }
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          spellCheck={false}
          data-autofocus=""
        />
      ) : null}
    </FormDialog>
  );
}
