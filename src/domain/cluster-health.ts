import type { ClusterTopology } from '../api/server.ts';

/** What a cluster of several nodes is like now, as one node and the gateway tell it. */
export interface ClusterHealth {
  /** Nobody takes changes: no majority of the nodes agrees on a leader. A server that is in no cluster yet isn't leaderless. */
  readonly leaderless: boolean;
  /** Tags of the nodes that the leader or the gateway doesn't reach, sorted. */
  readonly away: readonly string[];
  /** One short phrase each: who answers, who leads, who is away. None for a single node that leads itself. */
  readonly phrases: readonly string[];
}

const and = new Intl.ListFormat('en', { type: 'conjunction' });

/** @param awayUrls addresses of nodes that the gateway found silent, `https://host:port` */
export function clusterHealth(
  { nodeTag, leader, passive, nodes }: ClusterTopology,
  awayUrls: readonly string[],
): ClusterHealth {
  const leaderless = leader === null && !passive;
  const silent = new Set(awayUrls.map((url) => new URL(url).origin));
  const away = nodes
    .filter(({ tag, url, connected }) => tag !== nodeTag && (connected === false || silent.has(new URL(url).origin)))
    .map(({ tag }) => tag)
    .sort();
  const answers =
    nodes.length < 2 ? [] : [`node ${nodeTag} of ${String(nodes.length)}${leader === nodeTag ? ', leader' : ''}`];
  const leads = leader === null || leader === nodeTag ? [] : [`${leader} leads`];
  const gone = away.length === 0 ? [] : [`${and.format(away)} ${away.length === 1 ? 'is' : 'are'} away`];
  return { leaderless, away, phrases: [...answers, ...leads, ...(leaderless ? ['no leader'] : []), ...gone] };
}
