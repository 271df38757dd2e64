/** Where replacing the server certificate stands, as one node sees it. */
export type ReplacementPhase =
  /** None is under way, none is awaited. */
  | { readonly phase: 'none' }
  /** The nodes are getting the new certificate. */
  | { readonly phase: 'confirming'; readonly count: number }
  /** They have it and begin to serve it. */
  | { readonly phase: 'replacing'; readonly count: number }
  /** Nothing is pending any more, but the node still serves the old one: a moment, or it was cancelled. */
  | { readonly phase: 'settling' }
  | { readonly phase: 'cancelled' }
  /** The awaited certificate is served, by every node. */
  | { readonly phase: 'served' };

export interface ReplacementSeen {
  readonly status: { readonly confirmations: number; readonly replaced: number } | null;
  readonly servedThumbprint: string | null;
  /** Milliseconds UTC. */
  readonly at: number;
}

/** How long nothing may be pending while the old certificate is served, before it counts as cancelled (milliseconds). */
const settlingTime = 15_000;

/**
 * @param awaited thumbprint of the certificate that is to be served; null when nobody waits for one
 * @param since when nothing was pending for the first time, milliseconds UTC; null while something is
 */
export function replacementPhase(
  seen: ReplacementSeen,
  awaited: string | null,
  since: number | null,
): ReplacementPhase {
  if (seen.status !== null)
    return seen.status.replaced > 0
      ? { phase: 'replacing', count: seen.status.replaced }
      : { phase: 'confirming', count: seen.status.confirmations };
  if (awaited === null) return { phase: 'none' };
  if (seen.servedThumbprint?.toUpperCase() === awaited.toUpperCase()) return { phase: 'served' };
  return { phase: since !== null && seen.at - since > settlingTime ? 'cancelled' : 'settling' };
}
