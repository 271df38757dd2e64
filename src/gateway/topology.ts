import { readWhole } from './read-whole.ts';
import type { Sender } from './upstream.ts';

/** A node as `/cluster/topology` names it. */
export interface ClusterNode {
  /** Such as `A`; `?` while it is in no cluster. */
  readonly tag: string;
  /** `https://host:port`. */
  readonly origin: string;
}

/** What one node says of its cluster. */
export interface Topology {
  /** Tag of the node that answered. */
  readonly answeredBy: string;
  readonly nodes: readonly ClusterNode[];
}

export const originOf = (url: unknown): string | undefined => {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const { protocol, origin } = new URL(url);
  return protocol === 'https:' ? origin : undefined;
};

const entries = (group: unknown): [string, unknown][] =>
  typeof group === 'object' && group !== null ? Object.entries(group) : [];

/** @param body of `/cluster/topology` @returns nothing when it isn't one */
export function parseTopology(body: string): Topology | undefined {
  try {
    const { Topology, NodeTag } = JSON.parse(body) as {
      Topology?: { Members?: unknown; Promotables?: unknown; Watchers?: unknown };
      NodeTag?: unknown;
    };
    const nodes = [Topology?.Members, Topology?.Promotables, Topology?.Watchers]
      .flatMap(entries)
      .flatMap(([tag, url]) => {
        const origin = originOf(url);
        return origin === undefined ? [] : [{ tag, origin }];
      });
    return { answeredBy: typeof NodeTag === 'string' ? NodeTag : '?', nodes };
  } catch {
    return undefined;
  }
}

/**
 * @param origin the node that is asked
 * @returns nothing when it refuses to say (it wants a second factor first, say)
 * @throws when no answer comes
 */
export async function readTopology(sender: Sender, origin: string, signal: AbortSignal): Promise<Topology | undefined> {
  const headers = { accept: 'application/json' };
  const answer = await sender.send({ origin, path: '/cluster/topology', method: 'GET', headers, signal });
  const body = (await readWhole(answer.body)).toString();
  return answer.status === 200 ? parseTopology(body) : undefined;
}
