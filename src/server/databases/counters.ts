import type { Store, Transaction } from '../store/store.ts';
import type { DatabaseRecord } from './database-table.ts';

/** The numbers that a database counts for ids: ranges that clients take (HiLo), and identities, which the server gives out one by one. */

const kinds = ['hilo', 'identity'] as const;
const keysOf = (kind: (typeof kinds)[number], { name }: DatabaseRecord): string => `${kind}:${name.toLowerCase()}:`;

const count = (value: unknown): number => Number(value ?? 0);

/** Takes so many numbers of a tag and returns the last of them. */
export function takeRange(transaction: Transaction, database: DatabaseRecord, tag: string, size: number): number {
  const key = keysOf('hilo', database) + tag.toLowerCase();
  const last = count(transaction.get('meta', key)) + size;
  transaction.put('meta', key, last);
  return last;
}

const identityKey = (database: DatabaseRecord, name: string): string =>
  keysOf('identity', database) + (name.endsWith('|') ? name : `${name}|`).toLowerCase();

/** The next number of an identity. @param name with its bar or without */
export function nextIdentity(transaction: Transaction, database: DatabaseRecord, name: string): number {
  const key = identityKey(database, name);
  const next = count(transaction.get('meta', key)) + 1;
  transaction.put('meta', key, next);
  return next;
}

/** Sets the last number of an identity, lower than it is only by force; returns what it is now. */
export function seedIdentity(
  transaction: Transaction,
  database: DatabaseRecord,
  name: string,
  { value, force }: { readonly value: number; readonly force: boolean },
): number {
  const key = identityKey(database, name);
  const last = count(transaction.get('meta', key));
  if (value <= last && !force) return last;
  transaction.put('meta', key, value);
  return value;
}

function* entries(store: Store, keys: string) {
  // A semicolon is what comes after a colon.
  for (const { key, value } of store.entries('meta', { from: keys, to: `${keys.slice(0, -1)};` }))
    yield { key: String(key), value: count(value) };
}

/** The identities with their last numbers, by name with the bar. */
export function identities(store: Store, database: DatabaseRecord): [name: string, last: number][] {
  const keys = keysOf('identity', database);
  return [...entries(store, keys)].map(({ key, value }) => [key.slice(keys.length), value]);
}

export function removeCounters(store: Store, transaction: Transaction, database: DatabaseRecord): void {
  for (const kind of kinds)
    for (const { key } of entries(store, keysOf(kind, database))) transaction.remove('meta', key);
}
