import type { Topology } from './topology.ts';

/** What the page is told of one node that the gateway knows. */
export interface NodeReport {
  /** `https://host:port`. */
  readonly url: string;
  /** It didn't answer when it was asked last. */
  readonly away: boolean;
}

/** The nodes that the gateway may talk to, and the one that it talks to. */
export interface ClusterNodes {
  /** The node that requests go to first: the one that answered last. */
  readonly current: () => string;
  /** Whether there is another to go to when one doesn't answer. */
  readonly several: () => boolean;
  /** The node to try next, those that were away last; nothing when all have been. */
  readonly next: (tried: ReadonlySet<string>) => string | undefined;
  readonly answered: (origin: string) => void;
  readonly failed: (origin: string) => void;
  /** Takes the members over from what a node said. */
  readonly learn: (topology: Topology) => void;
  readonly report: () => NodeReport[];
}

/**
 * Begins with the addresses that the admin named; the members are added when a node has told them. Their names come over a connection
 * to a server that is trusted, and each of them has to show a trusted certificate itself.
 * @param urls addresses that the admin named, at least one
 * @throws TypeError when there is none, or one that isn't an address
 */
export function createClusterNodes(urls: readonly string[]): ClusterNodes {
  const named = urls.map((url) => new URL(url).origin);
  const [first] = named;
  if (first === undefined) throw new TypeError('The gateway needs the address of a RavenDB server.');
  let members: readonly string[] = [];
  let current = first;
  const away = new Set<string>();
  const all = (): string[] => [...new Set([current, ...named, ...members])];
  return {
    current: () => current,
    several: () => all().length > 1,
    next: (tried) => {
      const left = all().filter((origin) => !tried.has(origin));
      return left.find((origin) => !away.has(origin)) ?? left[0];
    },
    answered: (origin) => {
      away.delete(origin);
      current = origin;
    },
    failed: (origin) => {
      away.add(origin);
      const next = all().find((other) => !away.has(other));
      if (origin === current && next !== undefined) current = next;
    },
    learn: ({ answeredBy, nodes }) => {
      // The node that answered has a name here already, which may be another than its own (an address in place of a name).
      members = nodes.filter(({ tag }) => tag !== answeredBy).map(({ origin }) => origin);
    },
    report: () => all().map((url) => ({ url, away: away.has(url) })),
  };
}
