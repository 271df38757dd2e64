import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { errorTexts } from '../../domain/error-texts.ts';
import type { ReplacementPhase } from '../../domain/replacement-phase.ts';
import { dateText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery } from '../../queries/certificates.ts';
import { cancelReplacementMutation } from '../../queries/server-certificate.ts';
import { topologyQuery } from '../../queries/server.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useToast } from '../../ui/toasts.tsx';
import css from './server-certificate.module.css';

/** A replacement under way: how many nodes have the new certificate, how many serve it, and the way to call it off. */
export function ReplacementProgress({
  phase,
  thumbprint,
  immediately,
}: {
  phase: ReplacementPhase & { phase: 'confirming' | 'replacing' | 'settling' };
  /** Of the new certificate. */
  thumbprint: string;
  immediately: boolean;
}) {
  const api = useApi();
  const { data: topology } = useQuery(topologyQuery(api));
  const [asks, setAsks] = useState(false);
  const cancel = useMutation(cancelReplacementMutation(api));
  const toast = useToast();
  const { data: list } = useQuery(certificatesQuery(api));
  const [now] = useState(Date.now);
  const notBefore = list?.certificates.find((certificate) => certificate.thumbprint === thumbprint)?.notBefore ?? null;
  const startsLater = notBefore !== null && notBefore > now ? notBefore : null;
  const nodes = Math.max(1, topology?.nodes.length ?? 1);
  const of = (count: number) => `${count} of ${nodes} node${nodes === 1 ? '' : 's'}`;
  const confirmed = phase.phase === 'confirming' ? phase.count : nodes;
  const replaced = phase.phase === 'replacing' ? phase.count : 0;
  return (
    <Card className={css.card} aria-label="Replacement under way">
      <div className={css.head}>
        <h2>The server certificate is being replaced</h2>
        <Button onClick={() => setAsks(true)}>Cancel the replacement</Button>
      </div>
      <Progress label="Nodes that have the new certificate" value={confirmed} max={nodes} detail={of(confirmed)} />
      <Progress label="Nodes that serve it" value={replaced} max={nodes} detail={of(replaced)} />
      <p className={css.text}>
        {immediately
          ? 'Each node changes over as soon as it has it.'
          : 'The nodes change over when every one of them has it, or when the old one has three days left.'}{' '}
        You can leave this page: it goes on by itself, and shows here again.
      </p>
      {startsLater === null ? null : (
        <Notice tone="warn" title={`It is valid from ${dateText(startsLater)} on.`}>
          The nodes don’t confirm it before that day.
        </Notice>
      )}
      <p className={css.text}>
        New certificate <code className={css.mono}>{thumbprint}</code>
      </p>
      {asks ? (
        <FormDialog
          title="Cancel the replacement?"
          submitLabel="Cancel the replacement"
          cancelLabel="Let it go on"
          tone="danger"
          onClose={() => setAsks(false)}
          explainError={errorTexts}
          onSubmit={async () => {
            const cancelled = await cancel.mutateAsync(thumbprint);
            setAsks(false);
            const short = `${thumbprint.slice(0, 10)}…`;
            if (!cancelled.everywhere)
              toast({
                text: `Replacement cancelled on one of the ${nodes} nodes. Cancel it on the others as well, then delete RavenDB’s entry “Server Certificate” (${short}) in the list.`,
                tone: 'error',
              });
            else
              toast(
                cancelled.entryRemoved
                  ? { text: 'Replacement cancelled: the server keeps its certificate.', tone: 'success' }
                  : {
                      text: `Replacement cancelled, but RavenDB’s entry “Server Certificate” (${short}) is still registered with all rights. Delete it in the list.`,
                      tone: 'error',
                    },
              );
          }}
        >
          <p>
            The server keeps the certificate it has. The entry that RavenDB registered for the new one, with the rights
            of a cluster node, is deleted too.
          </p>
          {nodes > 1 ? (
            <Notice tone="warn" title={`It is cancelled on each of the ${nodes} nodes.`}>
              Nodes that have begun to serve the new certificate keep it. When one can’t be reached it is named, and the
              entry stays until it is cancelled there too.
            </Notice>
          ) : null}
        </FormDialog>
      ) : null}
    </Card>
  );
}
