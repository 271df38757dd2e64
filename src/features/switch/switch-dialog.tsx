import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { allowedActions, type Viewer } from '../../domain/allowed-actions.ts';
import { errorTexts } from '../../domain/error-texts.ts';
import { explainError } from '../../domain/explain-error.ts';
import { FreshCertificateDialog } from '../../parts/fresh-certificate-dialog.tsx';
import { useApi } from '../../queries/api-context.ts';
import type { Editable } from '../../queries/editable.ts';
import { switchMutation } from '../../queries/switch.ts';
import { useNeighbours } from '../../queries/use-neighbours.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { MessageDialog } from '../../ui/message-dialog.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { switchConsequences } from './switch-consequences.ts';
import css from './switch-dialog.module.css';

interface Props {
  thumbprint: string;
  to: 'enable' | 'disable';
  onClose: () => void;
}

/** Asks before a certificate is disabled or enabled, names it and what follows. It is read anew first, whatever a list says. */
export function SwitchDialog(props: Props) {
  return (
    <FreshCertificateDialog
      thumbprint={props.thumbprint}
      title={props.to === 'enable' ? 'Enable' : 'Disable'}
      onClose={props.onClose}
    >
      {(editable, viewer) => <Ask {...props} editable={editable} viewer={viewer} />}
    </FreshCertificateDialog>
  );
}

function Ask({ editable, viewer, to, onClose }: Props & { editable: Editable; viewer: Viewer }) {
  const api = useApi();
  const toast = useToast();
  const [now] = useState(Date.now);
  const { entry } = editable;
  const disable = to === 'disable';
  const { siblings, lastAdmin } = useNeighbours(entry, disable, now);
  const change = useMutation(switchMutation(api));
  const allowed = allowedActions(entry, viewer, now, !lastAdmin).disable;
  const done = entry.disabled === disable;
  const name = `“${entry.name}”`;
  const refused = allowed === true ? undefined : allowed;
  if (done || refused !== undefined)
    return (
      <MessageDialog title={`${disable ? 'Disable' : 'Enable'} ${name}`} onClose={onClose}>
        {done ? `${name} is ${disable ? 'disabled' : 'enabled'} already.` : refused}
      </MessageDialog>
    );
  // The dialog is gone by then: callbacks given to `mutate` would be too.
  const undo = () =>
    change.mutateAsync({ thumbprint: entry.thumbprint, disabled: !disable }).then(
      () => toast({ tone: 'success', text: `${name} is ${disable ? 'enabled' : 'disabled'} again` }),
      (error: unknown) => toast({ tone: 'error', text: `Not undone: ${explainError(error).title}` }),
    );
  return (
    <FormDialog
      title={`${disable ? 'Disable' : 'Enable'} ${name}?`}
      submitLabel={disable ? 'Disable' : 'Enable'}
      focusSubmit
      onClose={onClose}
      explainError={errorTexts}
      onSubmit={async () => {
        await change.mutateAsync({ thumbprint: entry.thumbprint, disabled: disable });
        toast({
          tone: 'success',
          text: `${name} is ${disable ? 'disabled' : 'enabled'}`,
          action: { label: 'Undo', onSelect: () => void undo() },
        });
        onClose();
      }}
    >
      <ul className={css.list}>
        {switchConsequences(entry, { disable, siblings, members: editable.members.length }).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </FormDialog>
  );
}
