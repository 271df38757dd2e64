import { zonedDate } from '../certificates/definition.ts';
import type { JsonObject } from '../http/json-reader.ts';
import { writeJson } from '../http/json-values.ts';
import { argumentError, RavenException } from '../http/raven-exception.ts';
import { limits } from '../limits.ts';
import type { Store, Transaction } from '../store/store.ts';
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

/** What is added or computed by the server; a client that sends it back doesn't set it. */
const serverMetadata = new Set(['@change-vector', '@id', '@last-modified', '@etag']);

/** The documents of all databases: as much of a document store as shows what an access level allows. */
export class Documents {
  readonly #store: Store;
  /** The last etag by lower-case database name. */
  #etags = new Map<string, number>();
  #counters = new Map<string, number>();

  constructor(store: Store) {
    this.#store = store;
    this.load();
  }

  load(): void {
    this.#etags = new Map();
    this.#counters = new Map();
    for (const { key, value } of this.#store.entries('meta', { from: 'etag:', to: 'etag:~' }))
      this.#etags.set(String(key).slice('etag:'.length), Number(value));
  }

  lastEtag(database: DatabaseRecord): number {
    return this.#etags.get(database.name.toLowerCase()) ?? 0;
  }

  /** An id that ends with a slash is completed by the server. Throws what `requireDocumentId` throws. */
  put(transaction: Transaction, database: DatabaseRecord, wanted: string, document: JsonObject): PutResult {
    const etag = this.lastEtag(database) + 1;
    const id = requireDocumentId(wanted.endsWith('/') ? `${wanted}${String(etag).padStart(19, '0')}-A` : wanted);
    const given = document.get('@metadata');
    const metadata = new Map(given instanceof Map ? [...given].filter(([name]) => !serverMetadata.has(name)) : []);
    const fields = new Map([...document].filter(([name]) => name !== '@metadata'));
    const stored = { id, fields: writeJson(fields), metadata: writeJson(metadata), etag, at: Date.now() };
    if (stored.fields.length + stored.metadata.length > limits.bodyBytes)
      throw new RavenException(
        'System.IO.InvalidDataException',
        `A document may hold ${limits.bodyBytes.toLocaleString('en')} bytes of JSON at most.`,
      );
    this.#nextEtag(transaction, database);
    transaction.put(table, this.#key(database, id), stored);
    return { id, changeVector: changeVector(database, etag), at: stored.at };
  }

  /** Removes a document; true when it was there. */
  remove(transaction: Transaction, database: DatabaseRecord, id: string): boolean {
    const there = this.#get(database, id) !== undefined;
    this.#nextEtag(transaction, database);
    transaction.remove(table, this.#key(database, id));
    return there;
  }

  #nextEtag(transaction: Transaction, database: DatabaseRecord): number {
    const key = database.name.toLowerCase();
    const etag = this.lastEtag(database) + 1;
    this.#etags.set(key, etag);
    transaction.put('meta', `etag:${key}`, etag);
    return etag;
  }

  /** Moves a counter on and returns its new value. */
  advance(transaction: Transaction, key: string, by: number): number {
    const next = (this.#counters.get(key) ?? Number(this.#store.get('meta', key) ?? 0)) + by;
    this.#counters.set(key, next);
    transaction.put('meta', key, next);
    return next;
  }

  #key(database: DatabaseRecord, id: string): string {
    return database.name.toLowerCase() + separator + id.toLowerCase();
  }

  #get(database: DatabaseRecord, id: string): StoredDocument | undefined {
    // Written by this class only.
    return this.#store.get(table, this.#key(database, requireDocumentId(id))) as StoredDocument | undefined;
  }

  /** The JSON of a document with its metadata, and its change vector; undefined when there is none. */
  read(database: DatabaseRecord, id: string, metadataOnly = false): { json: string; changeVector: string } | undefined {
    const stored = this.#get(database, id);
    return stored === undefined ? undefined : render(database, stored, metadataOnly);
  }

  /** The JSON of documents, the last changed first; each is read when it is asked for. */
  *latest(database: DatabaseRecord, start: number, count: number): Generator<string> {
    const all: Pick<StoredDocument, 'id' | 'etag'>[] = [];
    for (const { id, etag } of this.#range(database)) all.push({ id, etag });
    all.sort((a, b) => b.etag - a.etag);
    for (const { id } of all.slice(start, start + count)) {
      const json = this.read(database, id)?.json;
      if (json !== undefined) yield json;
    }
  }

  count(database: DatabaseRecord): number {
    return this.#store.count(table, rangeOf(database));
  }

  /** Removes everything of a database. */
  removeAll(transaction: Transaction, database: DatabaseRecord): void {
    const key = database.name.toLowerCase();
    for (const stored of this.#range(database)) transaction.remove(table, this.#key(database, stored.id));
    this.#etags.delete(key);
    transaction.remove('meta', `etag:${key}`);
    for (const { key: counter } of this.#store.entries('meta', { from: `hilo:${key}:`, to: `hilo:${key}:~` })) {
      this.#counters.delete(String(counter));
      transaction.remove('meta', counter);
    }
  }

  *#range(database: DatabaseRecord): Generator<StoredDocument> {
    // Written by this class only.
    for (const { value } of this.#store.entries(table, rangeOf(database))) yield value as StoredDocument;
  }
}

function rangeOf({ name }: DatabaseRecord) {
  return { from: name.toLowerCase() + separator, to: `${name.toLowerCase()}\u0002` };
}

/** The node's letter with the etag, and the database's identifier. */
export function changeVector(database: DatabaseRecord, etag: number): string {
  return `A:${etag}-${database.transactionId}`;
}

function render(database: DatabaseRecord, stored: StoredDocument, metadataOnly: boolean) {
  const vector = changeVector(database, stored.etag);
  const own = JSON.stringify({ '@change-vector': vector, '@id': stored.id, '@last-modified': zonedDate(stored.at) });
  const metadata = joinObjects(stored.metadata, own);
  const fields = metadataOnly ? '{}' : stored.fields;
  return { json: joinObjects(fields, `{"@metadata":${metadata}}`), changeVector: vector };
}

/** One JSON object out of two, as text. */
function joinObjects(first: string, second: string): string {
  return first === '{}' ? second : `${first.slice(0, -1)},${second.slice(1)}`;
}
