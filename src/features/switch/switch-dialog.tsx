import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { allowedActions, type Viewer } from '../../domain/allowed-actions.ts';
import { errorTexts } from '../../domain/error-texts.ts';
import { explainError } from '../../domain/explain-error.ts';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { type Editable, editableQuery } from '../../queries/editable.ts';
import { switchMutation } from '../../queries/switch.ts';
import { useNeighbours } from '../../queries/use-neighbours.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Spinner } from '../../ui/spinner.tsx';
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
  const api = useApi();
  const editable = useQuery(editableQuery(api, props.thumbprint));
  const { data: viewer } = useQuery(whoAmIQuery(api));
  const [opened, setOpened] = useState<Editable>();
  // An answer from before may be old: only a fresh one counts.
  if (opened === undefined && editable.isFetchedAfterMount && editable.data != null) setOpened(editable.data);
  if (opened !== undefined && viewer != null) return <Ask {...props} editable={opened} viewer={viewer} />;
  const failure = editable.error === null ? undefined : explainError(editable.error);
  return (
    <Dialog title={props.to === 'enable' ? 'Enable' : 'Disable'} onClose={props.onClose}>
      {failure !== undefined ? (
        <Notice
          tone="error"
          title={failure.title}
          actions={<Button onClick={() => void editable.refetch()}>Try again</Button>}
        >
          {failure.detail} {failure.advice}
        </Notice>
      ) : editable.data === null ? (
        <Notice tone="warn" title="No certificate with this thumbprint is registered">
          It may have been deleted meanwhile.
        </Notice>
      ) : (
        <>
          <Spinner label="Reading the certificate" />
          <Skeleton width="80%" />
          <Skeleton width="50%" />
        </>
      )}
    </Dialog>
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
      <Dialog title={`${disable ? 'Disable' : 'Enable'} ${name}`} onClose={onClose}>
        <p>{done ? `${name} is ${disable ? 'disabled' : 'enabled'} already.` : refused}</p>
        <div className={css.foot}>
          <Button onClick={onClose}>Close</Button>
        </div>
      </Dialog>
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
