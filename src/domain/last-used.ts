import type { Certificate } from '../api/types.ts';

/** When certificates were last seen, over the nodes that answered. */
export interface LastUse {
  /** Upper-case thumbprint to milliseconds UTC: the newest over all nodes. */
  readonly byThumbprint: ReadonlyMap<string, number>;
  /** Tags of nodes that didn't answer: while there are any, "never" can't be said. */
  readonly silentNodes: readonly string[];
  /** Tags of nodes whose version doesn't record it: while there are any, nothing that isn't seen means anything. */
  readonly unrecordedNodes: readonly string[];
}

/** The newest of each thumbprint over the nodes' answers. */
export function mergeLastUse(
  answers: readonly { node: string; lastUse: ReadonlyMap<string, number> | 'unrecorded' | null }[],
): LastUse {
  const newest = new Map<string, number>();
  for (const { lastUse } of answers)
    for (const [thumbprint, time] of lastUse === 'unrecorded' ? [] : (lastUse ?? []))
      if (time > (newest.get(thumbprint) ?? 0)) newest.set(thumbprint, time);
  return {
    byThumbprint: newest,
    silentNodes: answers.filter(({ lastUse }) => lastUse === null).map(({ node }) => node),
    unrecordedNodes: answers.filter(({ lastUse }) => lastUse === 'unrecorded').map(({ node }) => node),
  };
}

/**
 * When any certificate of an entry was last used, milliseconds UTC. `never`: no node has seen it since it started (RavenDB doesn't keep
 * this over a restart); `unknown`: a node that might have didn't answer; `unrecorded`: a node that might have doesn't record it.
 */
export function lastUsed(
  { thumbprint, secondaryThumbprints }: Pick<Certificate, 'thumbprint' | 'secondaryThumbprints'>,
  { byThumbprint, silentNodes, unrecordedNodes }: LastUse,
): number | 'never' | 'unknown' | 'unrecorded' {
  let newest = byThumbprint.get(thumbprint.toUpperCase()) ?? 0;
  for (const secondary of secondaryThumbprints)
    newest = Math.max(newest, byThumbprint.get(secondary.toUpperCase()) ?? 0);
  if (newest > 0) return newest;
  if (unrecordedNodes.length > 0) return 'unrecorded';
  return silentNodes.length > 0 ? 'unknown' : 'never';
}
