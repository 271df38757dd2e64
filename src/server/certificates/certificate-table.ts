import type { Store, Transaction } from '../store/store.ts';
import { openJson, type Definition } from './definition.ts';
import { readDefinition } from './stored-definition.ts';

/** A registered certificate in memory; its JSON is made once. */
export class Entry {
  readonly definition: Definition;
  #json: string | undefined;

  constructor(definition: Definition) {
    this.definition = definition;
  }

  /** The certificate's JSON without the closing brace: the caller adds what its answer holds beyond. */
  get openJson(): string {
    return (this.#json ??= openJson(this.definition));
  }
}

const table = 'certificates';
const bytesTable = 'certificate-der';

/**
 * The registered certificates: in memory in the order of their lower-case thumbprints with an index by key, on disk in two tables, the
 * bytes apart (lists of metadata never touch them).
 */
export class CertificateTable {
  readonly #store: Store;
  #entries = new Map<string, Entry>();
  #order: string[] = [];
  #byHash = new Map<string, Set<string>>();
  /** Changes with every write: what was worked out from an older state is worked out anew. */
  version = 0;

  constructor(store: Store) {
    this.#store = store;
    this.load();
  }

  /** Reads everything from the disk. */
  load(): void {
    this.#entries = new Map();
    this.#byHash = new Map();
    this.version++;
    for (const { key, value } of this.#store.entries(table)) {
      const entry = new Entry(readDefinition(String(key), value));
      this.#entries.set(String(key), entry);
      this.#index(String(key), entry);
    }
    this.#order = [...this.#entries.keys()].sort();
  }

  get size(): number {
    return this.#order.length;
  }

  /** By thumbprint in any case. */
  get(thumbprint: string): Entry | undefined {
    return this.#entries.get(thumbprint.toLowerCase());
  }

  /** The entries in order, from `start`; both as of now, later writes don't show. */
  slice(start: number, end: number): Entry[] {
    const found: Entry[] = [];
    for (const key of this.#order.slice(start, end)) {
      const entry = this.#entries.get(key);
      if (entry !== undefined) found.push(entry);
    }
    return found;
  }

  /** All entries with that key, the one that expires last first. */
  withPinningHash(hash: string): Entry[] {
    const found: Entry[] = [];
    for (const key of this.#byHash.get(hash) ?? []) {
      const entry = this.#entries.get(key);
      if (entry !== undefined) found.push(entry);
    }
    return found.sort((a, b) => (b.definition.notAfter ?? 0) - (a.definition.notAfter ?? 0));
  }

  *values(): Generator<Entry> {
    yield* this.#entries.values();
  }

  /** The certificate in DER, or undefined for a single sign-on user. */
  der(thumbprint: string): Buffer | undefined {
    return this.#store.bytes(bytesTable, thumbprint.toLowerCase());
  }

  /** @param der only when the bytes aren't stored yet or change */
  put(transaction: Transaction, definition: Definition, der?: Uint8Array): void {
    const key = definition.thumbprint.toLowerCase();
    const entry = new Entry(definition);
    const old = this.#entries.get(key);
    if (old === undefined) this.#order.splice(this.#place(key), 0, key);
    else this.#unindex(key, old);
    this.#entries.set(key, entry);
    this.#index(key, entry);
    this.version++;
    transaction.put(table, key, definition);
    if (der !== undefined) transaction.put(bytesTable, key, Buffer.from(der));
  }

  remove(transaction: Transaction, thumbprint: string): void {
    const key = thumbprint.toLowerCase();
    const old = this.#entries.get(key);
    if (old === undefined) return;
    this.#order.splice(this.#place(key), 1);
    this.#unindex(key, old);
    this.#entries.delete(key);
    this.version++;
    transaction.remove(table, key);
    transaction.remove(bytesTable, key);
  }

  /** Where the key is in the order, or would be. */
  #place(key: string): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#order[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #index(key: string, { definition }: Entry): void {
    const keys = this.#byHash.get(definition.pinningHash);
    if (keys === undefined) this.#byHash.set(definition.pinningHash, new Set([key]));
    else keys.add(key);
  }

  #unindex(key: string, { definition }: Entry): void {
    const keys = this.#byHash.get(definition.pinningHash);
    keys?.delete(key);
    if (keys?.size === 0) this.#byHash.delete(definition.pinningHash);
  }
}
