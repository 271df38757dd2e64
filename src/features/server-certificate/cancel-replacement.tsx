import { useMutation, useQuery } from '@tanstack/react-query';
import { errorTexts } from '../../domain/error-texts.ts';
import { useApi } from '../../queries/api-context.ts';
import { cancelReplacementMutation } from '../../queries/server-certificate.ts';
import { topologyQuery } from '../../queries/server.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toasts.tsx';

/**
 * Asks, then calls a replacement off. It stays when a node is left, although the node that answers has nothing pending any more: it can
 * be tried again from here.
 */
export function CancelReplacement({
  thumbprint,
  onClose,
}: {
  /** Of the new certificate. */ thumbprint: string;
  onClose: () => void;
}) {
  const api = useApi();
  const { data: topology } = useQuery(topologyQuery(api));
  const cancel = useMutation(cancelReplacementMutation(api));
  const toast = useToast();
  const nodes = Math.max(1, topology?.nodes.length ?? 1);
  const entry = `RavenDB’s entry “Server Certificate” (${thumbprint.slice(0, 10)}…)`;
  const submit = async () => {
    const cancelled = await cancel.mutateAsync(thumbprint);
    onClose();
    if (!cancelled.everywhere)
      toast({
        text: `Replacement cancelled on one of the ${nodes} nodes. Cancel it on the others as well, then delete ${entry} in the list.`,
        tone: 'error',
      });
    else if (cancelled.entryRemoved)
      toast({ text: 'Replacement cancelled: the server keeps its certificate.', tone: 'success' });
    else
      toast({
        text: `Replacement cancelled, but ${entry} is still registered with all rights. Delete it in the list.`,
        tone: 'error',
      });
  };
  return (
    <FormDialog
      title="Cancel the replacement?"
      submitLabel="Cancel the replacement"
      cancelLabel="Let it go on"
      tone="danger"
      onClose={onClose}
      explainError={errorTexts}
      onSubmit={submit}
    >
      <p>
        The server keeps the certificate it has. The entry that RavenDB registered for the new one, with the rights of a
        cluster node, is deleted too.
      </p>
      {nodes > 1 ? (
        <Notice tone="warn" title={`It is cancelled on each of the ${nodes} nodes.`}>
          Nodes that have begun to serve the new certificate keep it. One that can’t be reached is named, and the entry
          stays until it is cancelled there too.
        </Notice>
      ) : null}
    </FormDialog>
  );
}
