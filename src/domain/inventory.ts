import type { CertificateEntry } from './certificate-entry.ts';
import { certificateState, daysLeft } from './certificate-state.ts';
import { csvLine, type CsvValue, hashValue } from './csv.ts';
import { type LastUse, lastUsed } from './last-used.ts';

/**
 * One certificate of the inventory that people hand to auditors: what it is and opens, never what proves it. There is no field for a
 * key, a secret or the certificate itself. Dates are ISO 8601 in UTC, empty where there is none.
 */
export interface InventoryItem {
  readonly name: string;
  readonly thumbprint: string;
  /** The other thumbprints of a collection. */
  readonly collection: readonly string[];
  readonly kind: CertificateEntry['kind'];
  readonly clearance: string;
  readonly state: string;
  readonly databases: readonly { readonly database: string; readonly access: string }[];
  readonly validFrom: string;
  readonly expires: string;
  readonly daysLeft: number | null;
  /** ISO date, `never` or `unknown`. */
  readonly lastUsed: string;
  /** Null where the server didn't say. */
  readonly twoFactor: boolean | null;
  readonly publicKeyPinningHash: string;
}

const iso = (time: number | null): string => (time === null ? '' : new Date(time).toISOString());

/** @param now milliseconds UTC @param threshold days before its end from which a certificate counts as expiring */
export function inventory(
  entries: readonly CertificateEntry[],
  { now, threshold, lastUse }: { now: number; threshold: number; lastUse: LastUse },
): InventoryItem[] {
  return entries.map((entry) => {
    const used = lastUsed(entry, lastUse);
    return {
      name: entry.name,
      thumbprint: entry.thumbprint,
      collection: entry.secondaryThumbprints,
      kind: entry.kind,
      clearance: entry.clearance,
      state: certificateState(entry, now, threshold),
      databases: entry.permissions.map(({ database, access }) => ({ database, access })),
      validFrom: iso(entry.notBefore),
      expires: iso(entry.notAfter),
      daysLeft: daysLeft(entry, now),
      lastUsed: typeof used === 'number' ? iso(used) : used,
      twoFactor: entry.hasTwoFactor,
      publicKeyPinningHash: entry.pinningHash,
    };
  });
}

export const inventoryJson = (items: readonly InventoryItem[]): string => `${JSON.stringify(items, null, 2)}\n`;

const columns: readonly [string, (item: InventoryItem) => CsvValue][] = [
  ['Name', ({ name }) => name],
  ['Thumbprint', ({ thumbprint }) => thumbprint],
  ['Collection', ({ collection }) => collection.join(' ')],
  ['Kind', ({ kind }) => kind],
  ['Clearance', ({ clearance }) => clearance],
  ['State', ({ state }) => state],
  // Database names have neither spaces nor colons.
  ['Databases', ({ databases }) => databases.map(({ database, access }) => `${database}:${access}`).join(' ')],
  ['Valid from', ({ validFrom }) => validFrom],
  ['Expires', ({ expires }) => expires],
  ['Days left', (item) => item.daysLeft ?? ''],
  ['Last used', (item) => item.lastUsed],
  ['Two-factor', ({ twoFactor }) => (twoFactor === null ? '' : twoFactor ? 'yes' : 'no')],
  ['Public key pinning hash', ({ publicKeyPinningHash }) => hashValue(publicKeyPinningHash)],
];

/** One line an item below a line of headings. */
export const inventoryCsv = (items: readonly InventoryItem[]): string =>
  csvLine(columns.map(([heading]) => heading)) +
  items.map((item) => csvLine(columns.map(([, value]) => value(item)))).join('');
