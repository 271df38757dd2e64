import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, type Database, type RootDatabase } from 'lmdb';
import { RavenException } from '../http/raven-exception.ts';

type Key = string | number;
/** One change of one table; `undefined` removes the key. */
interface Change {
  readonly table: string;
  readonly key: Key;
  readonly value: unknown;
}

/** The writes of one transaction, gathered while the state in memory changes along. */
export class Transaction {
  readonly changes: Change[] = [];

  put(table: string, key: Key, value: unknown): void {
    this.changes.push({ table, key, value });
  }

  remove(table: string, key: Key): void {
    this.changes.push({ table, key, value: undefined });
  }
}

/** Tables of bytes; all others hold JSON. */
const binaryTables: readonly string[] = ['certificate-der'];
const jsonTables: readonly string[] = ['meta', 'certificates', 'databases', 'documents', 'history', 'two-factor-steps'];

/**
 * The node's state on disk: LMDB, one transaction a write. The state that requests read lives in memory and is changed at once; an
 * answer goes out only after the transaction was flushed. When a write fails (disk full, read-only), memory is read anew from
 * the disk once the last write under way has ended, so that both agree again.
 */
export class Store {
  readonly #root: RootDatabase<unknown, Key>;
  readonly #tables = new Map<string, Database<unknown, Key>>();
  #onReload: () => void = () => undefined;
  #underWay = 0;
  #failed = false;
  #recovered: Promise<void> = Promise.resolve();
  #endRecovery: () => void = () => undefined;

  /** @param folder where the files are; it is made when it isn't there */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#root = open<unknown, Key>({
      path: folder,
      maxDbs: 16,
      // A commit resolves when it is on disk, not before.
      overlappingSync: false,
    });
    // It holds authentication keys, and for a moment the key of a new server certificate.
    for (const file of readdirSync(folder)) chmodSync(join(folder, file), 0o600);
    for (const name of binaryTables) this.#tables.set(name, this.#root.openDB({ name, encoding: 'binary' }));
    for (const name of jsonTables) this.#tables.set(name, this.#root.openDB({ name, encoding: 'json' }));
  }

  /** What reads the state in memory from the tables; called after a failed write. */
  onReload(reload: () => void): void {
    this.#onReload = reload;
  }

  #table(name: string): Database<unknown, Key> {
    const table = this.#tables.get(name);
    if (table === undefined) throw new Error(`The store has no table ${name}.`);
    return table;
  }

  get(table: string, key: Key): unknown {
    return this.#table(table).get(key);
  }

  /** The bytes that a binary table holds, or undefined. */
  bytes(table: string, key: Key): Buffer | undefined {
    const value = this.#table(table).get(key);
    return Buffer.isBuffer(value) ? value : undefined;
  }

  /** The entries of a table in the order of their keys; `from` is included, `to` isn't. */
  *entries(table: string, range: { from?: Key; to?: Key; reverse?: boolean; limit?: number } = {}) {
    const { from, to, ...rest } = range;
    const bounds = {
      ...(from === undefined ? {} : { start: from }),
      ...(to === undefined ? {} : { end: to }),
      ...rest,
    };
    for (const { key, value } of this.#table(table).getRange(bounds)) yield { key, value };
  }

  /**
   * Runs `change`, which changes the state in memory and records the same in the transaction, and resolves when all of it is on disk.
   * What `change` throws before its first change is passed on and nothing was written. Throws RavenDB's exception (503) when
   * the disk doesn't take it.
   */
  async write<T>(change: (transaction: Transaction) => T): Promise<T> {
    while (this.#isFailed) await this.#recovered;
    const transaction = new Transaction();
    const result = change(transaction);
    if (transaction.changes.length === 0) return result;
    this.#underWay++;
    try {
      await this.#root.transaction(() => {
        for (const { table, key, value } of transaction.changes) {
          if (value === undefined) this.#table(table).removeSync(key);
          else this.#table(table).putSync(key, value);
        }
      });
      await this.#root.flushed;
      return result;
    } catch (error) {
      this.#fail();
      throw diskError(error);
    } finally {
      this.#underWay--;
      this.#recoverAfterLast();
    }
  }

  /** A getter, since it changes while a write is awaited. */
  get #isFailed(): boolean {
    return this.#failed;
  }

  #fail(): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#recovered = new Promise((resolve) => {
      this.#endRecovery = resolve;
    });
  }

  #recoverAfterLast(): void {
    if (!this.#failed || this.#underWay > 0) return;
    this.#onReload();
    this.#failed = false;
    this.#endRecovery();
  }

  async close(): Promise<void> {
    await this.#root.close();
  }
}

function diskError(error: unknown): RavenException {
  const text = error instanceof Error ? error.message : String(error);
  return /no space|ENOSPC|MAP_FULL|quota|EDQUOT/i.test(text)
    ? new RavenException(
        'Sparrow.Server.Exceptions.DiskFullException',
        'There is no room left on the disk of the data folder: nothing was changed. Free some and try again.',
      )
    : new RavenException(
        'Voron.Exceptions.VoronUnrecoverableErrorException',
        'The data folder could not be written: nothing was changed. Look at the disk and its permissions, then try again.',
      );
}
