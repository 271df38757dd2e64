import type { Certificate } from '../api/types.ts';

/** When certificates were last seen, over the nodes that answered. */
export interface LastUse {
  /** Upper-case thumbprint to milliseconds UTC: the newest over all nodes. */
  readonly byThumbprint: ReadonlyMap<string, number>;
  /** Tags of nodes that didn't answer: while there are any, "never" can't be said. */
  readonly silentNodes: readonly string[];
}

/** The newest of each thumbprint over the nodes' answers. */
export function mergeLastUse(
  answers: readonly { node: string; lastUse: ReadonlyMap<string, number> | null }[],
): LastUse {
  const newest = new Map<string, number>();
  for (const { lastUse } of answers)
    for (const [thumbprint, time] of lastUse ?? [])
      if (time > (newest.get(thumbprint) ?? 0)) newest.set(thumbprint, time);
  return {
    byThumbprint: newest,
    silentNodes: answers.filter(({ lastUse }) => lastUse === null).map(({ node }) => node),
  };
}

/**
 * When any certificate of an entry was last used, milliseconds UTC. `never`: no node has seen it since it started (RavenDB doesn't keep
 * this over a restart); `unknown`: a node that might have didn't answer.
 */
export function lastUsed(
  { thumbprint, secondaryThumbprints }: Pick<Certificate, 'thumbprint' | 'secondaryThumbprints'>,
  { byThumbprint, silentNodes }: LastUse,
): number | 'never' | 'unknown' {
  let newest = byThumbprint.get(thumbprint.toUpperCase()) ?? 0;
  for (const secondary of secondaryThumbprints)
    newest = Math.max(newest, byThumbprint.get(secondary.toUpperCase()) ?? 0);
  if (newest > 0) return newest;
  return silentNodes.length > 0 ? 'unknown' : 'never';
}
