import { useQuery } from '@tanstack/react-query';
import { useApi } from '../queries/api-context.ts';
import { whoAmIQuery } from '../queries/certificates.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { explainInHost } from './explain-in-host.ts';
import type { Health } from './health.ts';
import { useHost } from './host.ts';

/** Over a view that stays as it is: the server went away, its cluster lost its leader, or the sign-in went. It goes when that is over. */
export function HealthBanner({ health }: { health: Health }) {
  const host = useHost();
  const { data: me } = useQuery(whoAmIQuery(useApi()));
  // Before the first answer the view itself says so (first-failure.tsx).
  if (me === undefined) return null;
  if (health.state === 'ok' && health.cluster?.leaderless === true)
    return (
      <Notice tone="warn" title="The cluster has no leader">
        It can be read, but takes no changes until a majority of its nodes is back.
        {health.cluster.away.length === 0 ? null : <> Away: {health.cluster.away.join(', ')}.</>}
      </Notice>
    );
  if (health.state !== 'away' && health.state !== 'signedOut') return null;
  const { title, detail, advice } = explainInHost(health.error, host);
  return (
    <Notice
      tone="error"
      title={title}
      actions={
        <Button size="small" icon="refresh" onClick={health.check}>
          Try now
        </Button>
      }
    >
      {advice} What you see may be out of date; nothing that you typed is lost.
      {detail === '' ? null : <> ({detail})</>}
    </Notice>
  );
}
