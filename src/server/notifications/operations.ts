import { EventEmitter } from 'node:events';

/** What an operation is, in RavenDB's own words: clients look for them. */
export interface OperationKind {
  readonly taskType: 'CertificateGeneration';
  readonly title: string;
  readonly message: string;
}

/** How an operation stands; times in milliseconds UTC. */
export interface OperationChange extends OperationKind {
  readonly id: number;
  readonly status: 'InProgress' | 'Completed' | 'Faulted';
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Why it failed, or what came of it. */
  readonly result: string | null;
}

/**
 * Work that a client follows by a number it asked for before it began: Studio posts a form, whose answer no script sees, and waits for the
 * news of its end. Nothing of it is kept.
 */
export class Operations extends EventEmitter<{ change: [OperationChange] }> {
  #last = 0;

  nextId(): number {
    this.#last += 1;
    return this.#last;
  }

  /** Does the work and tells those who watch when it has ended. @param id none: nobody follows it */
  async run<T>(id: number | undefined, kind: OperationKind, done: string, work: () => Promise<T>): Promise<T> {
    if (id === undefined) return await work();
    const startedAt = Date.now();
    const tell = (status: OperationChange['status'], result: string): void => {
      this.emit('change', { ...kind, id, status, startedAt, endedAt: Date.now(), result });
    };
    try {
      const result = await work();
      tell('Completed', done);
      return result;
    } catch (error) {
      tell('Faulted', error instanceof Error ? error.message : String(error));
      throw error;
    }
  }
}
