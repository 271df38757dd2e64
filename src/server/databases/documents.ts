import { zonedDate } from '../certificates/definition.ts';
import type { JsonObject } from '../http/json-reader.ts';
import { writeJson } from '../http/json-values.ts';
import { argumentError, RavenException } from '../http/raven-exception.ts';
import { limits } from '../limits.ts';
import { isKey, type Store, type Transaction } from '../store/store.ts';
import { nextIdentity, removeCounters } from './counters.ts';
import type { DatabaseRecord } from './database-table.ts';

/** A document as it is kept: its fields and its metadata apart, both as JSON text. */
interface StoredDocument {
  readonly id: string;
  readonly fields: string;
  readonly metadata: string;
  readonly etag: number;
  /** ms UTC */
  readonly at: number;
}

export interface PutResult {
  readonly id: string;
  readonly changeVector: string;
  readonly at: number;
}

const table = 'documents';
const largestIdBytes = 512;
const separator = '\u0001';

/**
 * @returns the id as it came
 * @throws RavenDB's exceptions for one that it wouldn't take: too long, or with control characters
 */
export function requireDocumentId(id: string): string {
  const bytes = Buffer.byteLength(id);
  if (bytes > largestIdBytes)
    throw argumentError(
      `Document ID cannot exceed ${largestIdBytes} bytes, but the ID was ${bytes} bytes. The invalid ID is '${id}'. (Parameter 'str')`,
    );
  if (/[\u0000-\u001f]/.test(id))
    throw new RavenException(
      'System.NotSupportedException',
      `Document ID cannot contain control characters: '${JSON.stringify(id).slice(1, -1)}' (escaped version)`,
    );
  return id;
}

/** Whether there can be a document of that id. */
export const isDocumentId = (id: string): boolean =>
  Buffer.byteLength(id) <= largestIdBytes && !/[\u0000-\u001f]/.test(id);

/** What is added or computed by the server; a client that sends it back doesn't set it. */
const serverMetadata = new Set(['@change-vector', '@id', '@last-modified', '@etag']);

/**
 * The documents of all databases: as much of a document store as shows what an access level allows. Nothing of them is in memory: what a
 * transaction sees of them is what those before it wrote.
 */
export class Documents {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  lastEtag(database: DatabaseRecord): number {
    return Number(this.#store.get('meta', etagKey(database)) ?? 0);
  }

  /**
   * An id that ends with a slash or a bar is completed by the server.
   * @param expected the change vector that the document must have: empty when there must be none, undefined when anything goes
   * @throws what `requireDocumentId` throws; ConcurrencyException
   */
  put(
    transaction: Transaction,
    database: DatabaseRecord,
    wanted: string,
    document: JsonObject,
    expected?: string,
  ): PutResult {
    const etag = etagOf(transaction, database) + 1;
    const id = requireDocumentId(completed(transaction, database, wanted, etag));
    const key = keyOf(database, id);
    requireChangeVector('Put', id, vectorOf(database, read(transaction.get(table, key))), expected);
    const given = document.get('@metadata');
    const metadata = new Map(given instanceof Map ? [...given].filter(([name]) => !serverMetadata.has(name)) : []);
    const fields = new Map([...document].filter(([name]) => name !== '@metadata'));
    const stored = { id, fields: writeJson(fields), metadata: writeJson(metadata), etag, at: Date.now() };
    if (stored.fields.length + stored.metadata.length > limits.bodyBytes)
      throw new RavenException(
        'System.IO.InvalidDataException',
        `A document may hold ${limits.bodyBytes.toLocaleString('en')} bytes of JSON at most.`,
      );
    nextEtag(transaction, database);
    transaction.put(table, key, stored);
    return { id, changeVector: changeVector(database, etag), at: stored.at };
  }

  /** Removes a document; true when it was there. @throws ConcurrencyException, as `put` */
  remove(transaction: Transaction, database: DatabaseRecord, id: string, expected?: string): boolean {
    const key = keyOf(database, requireDocumentId(id));
    const there = vectorOf(database, read(transaction.get(table, key)));
    requireChangeVector('Delete', id, there, expected);
    nextEtag(transaction, database);
    transaction.remove(table, key);
    return there !== undefined;
  }

  /** The document; undefined when there is none. */
  read(database: DatabaseRecord, id: string): Document | undefined {
    const stored = read(this.#store.get(table, keyOf(database, requireDocumentId(id))));
    return stored === undefined ? undefined : this.#document(database, stored);
  }

  #document(database: DatabaseRecord, stored: StoredDocument): Document {
    const key = keyOf(database, stored.id);
    return new Document(database, stored, () => read(this.#store.get(table, key)));
  }

  /** All documents, the last changed first. */
  latest(database: DatabaseRecord): Document[] {
    return [...this.startingWith(database, '')].sort((a, b) => b.etag - a.etag);
  }

  /** The documents whose ids begin so, in any case, in the order of their lower-case ids. @param after the id to begin behind */
  *startingWith(database: DatabaseRecord, prefix: string, after?: string): Generator<Document> {
    const first = keyOf(database, prefix);
    const behind = after === undefined ? undefined : keyOf(database, after);
    if (!isKey(first) || (behind !== undefined && !isKey(behind))) return;
    const from = behind !== undefined && behind > first ? behind : first;
    for (const { key, value } of this.#store.entries(table, { from })) {
      if (!String(key).startsWith(first)) return;
      const stored = read(value);
      if (stored !== undefined && key !== behind) yield this.#document(database, stored);
    }
  }

  count(database: DatabaseRecord): number {
    return this.#store.count(table, { from: keyOf(database, ''), to: `${database.name.toLowerCase()}\u0002` });
  }

  /** Removes everything of a database. */
  removeAll(transaction: Transaction, database: DatabaseRecord): void {
    for (const { id } of this.startingWith(database, '')) transaction.remove(table, keyOf(database, id));
    transaction.remove('meta', etagKey(database));
    removeCounters(this.#store, transaction, database);
  }
}

/** A document as it is answered. What it holds is read when it is asked for: many documents may be more than there is memory. */
export class Document {
  readonly id: string;
  readonly etag: number;
  readonly #database: DatabaseRecord;
  readonly #read: () => StoredDocument | undefined;

  constructor(database: DatabaseRecord, { id, etag }: StoredDocument, again: () => StoredDocument | undefined) {
    this.id = id;
    this.etag = etag;
    this.#database = database;
    this.#read = again;
  }

  get changeVector(): string {
    return changeVector(this.#database, this.etag);
  }

  /** Its fields without metadata, as JSON. */
  get fields(): string {
    return this.#read()?.fields ?? '{}';
  }

  /** JSON with its metadata; null when it was deleted meanwhile. */
  render(metadataOnly = false): string {
    const stored = this.#read();
    if (stored === undefined) return 'null';
    const { id, at, etag, metadata, fields } = stored;
    const vector = changeVector(this.#database, etag);
    const own = JSON.stringify({ '@change-vector': vector, '@id': id, '@last-modified': zonedDate(at) });
    return joinObjects(metadataOnly ? '{}' : fields, `{"@metadata":${joinObjects(metadata, own)}}`);
  }
}

// Written by the class above only.
const read = (value: unknown) => value as StoredDocument | undefined;

const keyOf = (database: DatabaseRecord, id: string): string =>
  database.name.toLowerCase() + separator + id.toLowerCase();
const etagKey = (database: DatabaseRecord): string => `etag:${database.name.toLowerCase()}`;

const etagOf = (transaction: Transaction, database: DatabaseRecord): number =>
  Number(transaction.get('meta', etagKey(database)) ?? 0);

function nextEtag(transaction: Transaction, database: DatabaseRecord): void {
  transaction.put('meta', etagKey(database), etagOf(transaction, database) + 1);
}

function completed(transaction: Transaction, database: DatabaseRecord, wanted: string, etag: number): string {
  if (wanted.endsWith('/')) return `${wanted}${String(etag).padStart(19, '0')}-A`;
  if (wanted.endsWith('|')) return `${wanted.slice(0, -1)}/${nextIdentity(transaction, database, wanted)}`;
  return wanted;
}

const vectorOf = (database: DatabaseRecord, stored: StoredDocument | undefined): string | undefined =>
  stored === undefined ? undefined : changeVector(database, stored.etag);

function requireChangeVector(act: 'Put' | 'Delete', id: string, actual: string | undefined, expected?: string): void {
  if (expected === undefined || expected === (actual ?? '')) return;
  const named = act === 'Delete' ? `change vector '${expected}'` : `change vector ${expected}`;
  const wanted = act === 'Put' && expected === '' ? 'expecting new document' : named;
  const found = actual === undefined ? 'does not exist' : `has change vector ${actual}`;
  throw new RavenException(
    'Raven.Client.Exceptions.ConcurrencyException',
    `Document ${id} ${found}, but ${act} was called with ${wanted}. Optimistic concurrency violation, transaction will be aborted.`,
    undefined,
    { Id: id, ExpectedChangeVector: expected, ActualChangeVector: actual ?? null },
  );
}

/** The node's letter with the etag, and the database's identifier. */
export function changeVector(database: DatabaseRecord, etag: number): string {
  return `A:${etag}-${database.transactionId}`;
}

/** One JSON object out of two, as text. */
function joinObjects(first: string, second: string): string {
  return first === '{}' ? second : `${first.slice(0, -1)},${second.slice(1)}`;
}
