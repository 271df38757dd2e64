import { expect, test } from 'vitest';
import { entryOf } from './certificate-harness.ts';
import { inventory, inventoryCsv, inventoryJson } from './inventory.ts';

const now = Date.UTC(2026, 10, 21);
const entry = (name: string, database = 'orders') =>
  entryOf({
    name,
    thumbprint: 'AB',
    clearance: 'ValidUser',
    permissions: [{ database, access: 'ReadWrite' }],
    notBefore: now - 86_400_000,
    notAfter: now + 9 * 86_400_000,
    secondaryThumbprints: ['CD'],
    pinningHash: 'hash=',
    hasTwoFactor: true,
    certificateDer: 'MIIsecret',
  });
const items = (...names: string[]) =>
  inventory(
    names.map((name) => entry(name)),
    { now, threshold: 14, lastUse: { byThumbprint: new Map([['CD', now]]), silentNodes: [] } },
  );

test('one line an item, dates in UTC, the newest use of the collection', () => {
  expect(inventoryCsv(items('billing'))).toBe(
    '"Name","Thumbprint","Collection","Kind","Clearance","State","Databases","Valid from","Expires","Days left","Last used","Two-factor","Public key pinning hash"\r\n' +
      '"billing","AB","CD","client","ValidUser","expiring","orders:ReadWrite","2026-11-20T00:00:00.000Z","2026-11-30T00:00:00.000Z",9,"2026-11-21T00:00:00.000Z","yes","hash="\r\n',
  );
});

test('names, kinds and hashes of any server are text: none runs as a formula, and a hash stays what it is', () => {
  const hash = '+bxZ/3g+Qx8LrVhYf0bqUyd8k5TzGq7w2m1nP4cEJ9s=';
  const [item] = items('=HYPERLINK("x";"y")');
  if (item === undefined) throw new Error('no item');
  const csv = inventoryCsv([
    { ...item, publicKeyPinningHash: hash, databases: [{ database: '=1', access: 'Read' }] },
    { ...item, publicKeyPinningHash: '+cmd|x!A0', thumbprint: '@SUM(A1)', collection: ['-1;=2'] },
  ]);
  const [, first, second] = csv.split('\r\n');
  expect(first).toContain(`"'=HYPERLINK(""x"";""y"")","AB"`);
  expect(first).toContain(`"'=1:Read"`);
  expect(first?.endsWith(`,"${hash}"`)).toBe(true);
  expect(second).toContain(`"'@SUM(A1)","'-1;'=2"`);
  expect(second?.endsWith(`,"'+cmd|x!A0"`)).toBe(true);
});

test('neither form holds the certificate', () => {
  expect(inventoryCsv(items('a')) + inventoryJson(items('a'))).not.toContain('MIIsecret');
});

test('JSON is the items', () => {
  expect(JSON.parse(inventoryJson(items('a', 'b')))).toEqual(items('a', 'b'));
});
