import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { open, type Database, type RootDatabase } from 'lmdb';
import { RavenException } from '../http/raven-exception.ts';
import { Room } from './room.ts';

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

interface Waiting {
  readonly transaction: Transaction;
  readonly done: () => void;
  readonly failed: (error: RavenException) => void;
}

/**
 * The node's state on disk: LMDB. The state that requests read lives in memory and is changed at once; an answer goes out only after its
 * transaction was flushed. Writes that come in one turn of the event loop share one commit, and with it one flush, which the loop waits for:
 * LMDB's asynchronous writes leave unhandled rejections behind when the disk is full. When a commit fails (full, read-only), none of
 * its writes happened and memory is read anew from the disk.
 */
export class Store {
  readonly #folder: string;
  readonly #root: RootDatabase<unknown, Key>;
  readonly #room: Room;
  readonly #tables = new Map<string, Database<unknown, Key>>();
  #onReload: () => void = () => undefined;
  #waiting: Waiting[] = [];
  /** Set when LMDB gave up on its files; memory can't be made the disk's then. */
  #lost: RavenException | undefined;

  /**
   * @param folder where the files are; it is made when it isn't there
   * @throws DamagedStoreError
   */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    requireStoreFile(join(folder, 'data.mdb'));
    this.#root = open<unknown, Key>({
      path: folder,
      maxDbs: 16,
      // A commit resolves when it is on disk, not before.
      overlappingSync: false,
    });
    requireWholeFile(join(folder, 'data.mdb'), this.#root);
    this.#room = new Room(join(folder, 'data.mdb'));
    // It holds authentication keys, and for a moment the key of a new server certificate.
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isFile()) chmodSync(join(folder, entry.name), 0o600);
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
   * What `change` throws is passed on, and nothing was changed. Throws RavenDB's exception (503) when the disk doesn't take it.
   */
  async write<T>(change: (transaction: Transaction) => T): Promise<T> {
    this.requireUsable();
    const transaction = new Transaction();
    let result: T;
    try {
      result = change(transaction);
    } catch (error) {
      if (transaction.changes.length > 0) {
        // Half of it is in memory already. What others wait for must be on disk before memory is read from there.
        this.#commit();
        this.#reload();
      }
      throw error;
    }
    if (transaction.changes.length > 0)
      await new Promise<void>((done, failed) => {
        if (this.#waiting.length === 0) setImmediate(() => this.#commit());
        this.#waiting.push({ transaction, done, failed });
      });
    return result;
  }

  /** Writes and flushes everything that waits, as one. */
  #commit(): void {
    const writes = this.#waiting;
    this.#waiting = [];
    if (writes.length === 0) return;
    const changes = writes.flatMap(({ transaction }) => transaction.changes);
    try {
      this.#room.require(changes.reduce((sum, { value }) => sum + sizeOf(value), 0));
      this.#root.transactionSync(() => {
        for (const { table, key, value } of changes) {
          if (value === undefined) this.#table(table).removeSync(key);
          else this.#table(table).putSync(key, value);
        }
      });
    } catch (error) {
      this.#reload();
      for (const { failed } of writes) failed(this.#lost ?? diskError(error, this.#folder));
      return;
    }
    for (const { done } of writes) done();
  }

  /**
   * Makes memory what the disk holds. A disk that failed at the very end of a transaction leaves LMDB unusable: it doesn't know which of
   * two states the disk holds, and no more do we, so that nothing is answered any more.
   */
  #reload(): void {
    try {
      this.#onReload();
    } catch {
      this.#lost = new RavenException(
        unrecoverable,
        'The disk of the data folder failed in the middle of a write, which may or may not be there. Look at the disk, then start the server again.',
      );
    }
  }

  /** @throws RavenException (503) when what is in memory may not be what is on disk: nobody must be let in by it */
  requireUsable(): void {
    if (this.#lost !== undefined) throw this.#lost;
  }

  async close(): Promise<void> {
    this.#commit();
    this.#room.close();
    await this.#root.close();
  }
}

/** About how many bytes a value takes in the store. */
function sizeOf(value: unknown): number {
  if (value === undefined) return 0;
  return Buffer.isBuffer(value) ? value.length : JSON.stringify(value).length;
}

/** Thrown when the file isn't one of LMDB's, or only a part of one. */
export class DamagedStoreError extends Error {
  override readonly name = 'DamagedStoreError';
}

/** LMDB's mark, and where its first page has it. */
const mark = 0xbeefc0de;
const markAt = 24;

/** LMDB ends the whole process when it is given a file that isn't its own. */
function requireStoreFile(path: string): void {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(markAt + 4);
    const length = readSync(file, start, 0, start.length, 0);
    // An empty one is what a start that was cut off leaves.
    if (length > 0 && (length < start.length || start.readUInt32LE(markAt) !== mark)) throw new DamagedStoreError(path);
  } finally {
    closeSync(file);
  }
}

/** What lies behind the end of a file that was cut off ends the whole process as soon as it is read. */
function requireWholeFile(path: string, root: RootDatabase<unknown, Key>): void {
  // Its type says nothing of what LMDB's statistics hold.
  const { pageSize, lastPageNumber } = root.getStats() as { pageSize: number; lastPageNumber: number };
  if (statSync(path).size >= (lastPageNumber + 1) * pageSize) return;
  void root.close();
  throw new DamagedStoreError(path);
}

const unrecoverable = 'Voron.Exceptions.VoronUnrecoverableErrorException';

/** With less room than this a failed write is taken for one that found no room: LMDB says "input/output error" then. */
const fullBelowBytes = 1024 * 1024;

function diskError(error: unknown, folder: string): RavenException {
  return isFull(error, folder)
    ? new RavenException(
        'Sparrow.Server.Exceptions.DiskFullException',
        'There is no room left on the disk of the data folder: nothing was changed. Free some and try again.',
      )
    : new RavenException(
        unrecoverable,
        'The data folder could not be written: nothing was changed. Look at the disk and its permissions, then try again.',
      );
}

function isFull(error: unknown, folder: string): boolean {
  const text = error instanceof Error ? error.message : String(error);
  if (/no space|MAP_FULL|quota/i.test(text)) return true;
  // Node has no words for this one.
  if (error instanceof Error && 'errno' in error && error.errno === -constants.errno.EDQUOT) return true;
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < fullBelowBytes;
  } catch {
    return false;
  }
}
