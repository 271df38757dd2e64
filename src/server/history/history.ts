import { isKey, type Store, type Transaction } from '../store/store.ts';

/** One thing that was done to a certificate. Never holds a secret. */
export interface HistoryEvent {
  /** ms UTC */
  readonly at: number;
  readonly action:
    | 'Generate'
    | 'Upload'
    | 'Edit'
    | 'Delete'
    | 'Purge'
    | 'TakeOver'
    | 'TwoFactorLogin'
    | 'TwoFactorLogout'
    | 'ReplaceServer'
    | 'RenewServer';
  readonly thumbprint: string;
  readonly name: string;
  /** Thumbprint of who did it; null for the node itself. */
  readonly by: string | null;
  readonly byName: string | null;
  /** What changed, in words. */
  readonly changes: readonly string[];
}

const table = 'history';
const pad = (number: number) => String(number).padStart(16, '0');

/**
 * An append-only record of who did what to which certificate, in the same transaction as the deed. Two keys lead to an event: one in order
 * of time, one by thumbprint.
 */
export class History {
  readonly #store: Store;
  #next: number;

  constructor(store: Store) {
    this.#store = store;
    let last = 0;
    for (const { key } of store.entries(table, { from: 'time:~', to: 'time:', reverse: true, limit: 1 }))
      last = Number(String(key).slice('time:'.length));
    this.#next = last + 1;
  }

  append(transaction: Transaction, event: Omit<HistoryEvent, 'at'>): void {
    const number = pad(this.#next++);
    const full: HistoryEvent = { at: Date.now(), ...event };
    transaction.put(table, `time:${number}`, full);
    transaction.put(table, `certificate:${event.thumbprint.toLowerCase()}:${number}`, full);
  }

  /** The latest events first; of one certificate or of all. */
  *read(options: { thumbprint?: string | undefined; start: number; limit: number }): Generator<HistoryEvent> {
    const prefix = options.thumbprint === undefined ? 'time:' : `certificate:${options.thumbprint.toLowerCase()}:`;
    if (!isKey(prefix)) return;
    let skipped = 0;
    let given = 0;
    for (const { value } of this.#store.entries(table, { from: `${prefix}~`, to: prefix, reverse: true })) {
      if (skipped++ < options.start) continue;
      if (given++ >= options.limit) return;
      // Written by this class only.
      yield value as HistoryEvent;
    }
  }
}
