import { randomUUID } from 'node:crypto';
import { RavenException } from './http/raven-exception.ts';
import type { Store, Transaction } from './store/store.ts';

interface StoredCluster {
  readonly topologyId: string;
  readonly since: number;
}

/** The command that a passive node refuses, named as RavenDB does. */
export const deleteCommand = 'Raven.Server.ServerWide.Commands.DeleteCertificateCollectionFromClusterCommand';

/**
 * The cluster of one node that this node is. It starts passive: in no cluster, until the first admin write makes it one. The index
 * counts the writes, as RavenDB's Raft log does.
 */
export class Cluster {
  readonly #store: Store;
  #stored: StoredCluster | undefined;
  #index = 0;

  constructor(store: Store) {
    this.#store = store;
    this.load();
  }

  load(): void {
    // Written by this class only.
    this.#stored = this.#store.get('meta', 'cluster') as StoredCluster | undefined;
    this.#index = Number(this.#store.get('meta', 'index') ?? 0);
  }

  get passive(): boolean {
    return this.#stored === undefined;
  }

  get nodeTag(): string {
    return this.passive ? '?' : 'A';
  }

  get topologyId(): string | null {
    return this.#stored?.topologyId ?? null;
  }

  /** ms UTC since when the node is a cluster; null while it is passive. */
  get since(): number | null {
    return this.#stored?.since ?? null;
  }

  get index(): number {
    return this.#index;
  }

  /** The first admin write makes a passive node a cluster. */
  ensureActive(transaction: Transaction): void {
    if (this.#stored !== undefined) return;
    this.#stored = { topologyId: randomUUID(), since: Date.now() };
    transaction.put('meta', 'cluster', this.#stored);
  }

  /** The number of the next command. */
  next(transaction: Transaction): number {
    this.#index++;
    transaction.put('meta', 'index', this.#index);
    return this.#index;
  }
}

/** What the routes of an admin do first, also when they go on to refuse: make a passive node a cluster. */
export async function leavePassive({ cluster, store }: { cluster: Cluster; store: Store }): Promise<void> {
  if (cluster.passive) await store.write((transaction) => cluster.ensureActive(transaction));
}

/** What is the leader's business: a passive node has none. */
export function requireLeader({ passive }: Cluster): void {
  if (passive)
    throw new RavenException(
      'Raven.Client.Exceptions.Cluster.NoLeaderException',
      'This node is in no cluster yet, so that there is no leader to do this: register a certificate first.',
    );
}
