import { randomBytes } from 'node:crypto';
import { RavenException } from '../http/raven-exception.ts';
import type { Store, Transaction } from '../store/store.ts';

/** A database of the node. */
export interface DatabaseRecord {
  readonly name: string;
  /** ms UTC */
  readonly createdAt: number;
  /** Index of the command that made it. */
  readonly index: number;
  /** Index of the last command that changed it. */
  readonly etag: number;
  readonly topologyId: string;
  readonly transactionId: string;
  readonly disabled: boolean;
}

export const databaseNotFound = (name: string): RavenException =>
  new RavenException(
    'Raven.Client.Exceptions.Database.DatabaseDoesNotExistException',
    `Database '${name}' does not exist.`,
  );

export const databaseDisabled = (name: string): RavenException =>
  new RavenException('Raven.Client.Exceptions.Database.DatabaseDisabledException', `${name} has been disabled`);

/** A random identifier as RavenDB writes it: base64 of 16 bytes without padding. */
const randomId = () => randomBytes(16).toString('base64').replaceAll('=', '');
const table = 'databases';

/** The databases by name in any case, in the order of their lower-case names. */
export class DatabaseTable {
  readonly #store: Store;
  #records = new Map<string, DatabaseRecord>();

  constructor(store: Store) {
    this.#store = store;
    this.load();
  }

  load(): void {
    this.#records = new Map();
    for (const { key, value } of this.#store.entries(table)) {
      // Written by this class only; one that was written before there were etags has none.
      const record = value as Omit<DatabaseRecord, 'etag'> & { readonly etag?: number };
      this.#records.set(String(key), { etag: record.index, ...record });
    }
  }

  get(name: string): DatabaseRecord | undefined {
    return this.#records.get(name.toLowerCase());
  }

  all(): DatabaseRecord[] {
    return [...this.#records].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, record]) => record);
  }

  create(transaction: Transaction, name: string, index: number, disabled: boolean): DatabaseRecord {
    const ids = { topologyId: randomId(), transactionId: randomId() };
    const record = { name, createdAt: Date.now(), index, etag: index, ...ids, disabled };
    this.#put(transaction, record);
    return record;
  }

  /** @param etag index of the command */
  setDisabled(transaction: Transaction, record: DatabaseRecord, disabled: boolean, etag: number): void {
    this.#put(transaction, { ...record, disabled, etag });
  }

  #put(transaction: Transaction, record: DatabaseRecord): void {
    const key = record.name.toLowerCase();
    this.#records.set(key, record);
    transaction.put(table, key, record);
  }

  remove(transaction: Transaction, name: string): void {
    this.#records.delete(name.toLowerCase());
    transaction.remove(table, name.toLowerCase());
  }
}
