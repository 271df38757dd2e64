import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReplacementPhase } from '../../domain/replacement-phase.ts';
import { dateText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery } from '../../queries/certificates.ts';
import { topologyQuery } from '../../queries/server.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import css from './server-certificate.module.css';

/** A replacement under way: how many nodes have the new certificate, how many serve it, and the way to call it off. */
export function ReplacementProgress({
  phase,
  thumbprint,
  immediately,
  onCancel,
}: {
  phase: ReplacementPhase & { phase: 'confirming' | 'replacing' | 'settling' };
  /** Of the new certificate. */
  thumbprint: string;
  immediately: boolean;
  onCancel: () => void;
}) {
  const api = useApi();
  const { data: topology } = useQuery(topologyQuery(api));
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
        <Button onClick={onCancel}>Cancel the replacement</Button>
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
    </Card>
  );
}
