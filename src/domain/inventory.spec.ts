import fc from 'fast-check';
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
    { now, threshold: 14, lastUse: { byThumbprint: new Map([['CD', now]]), silentNodes: [], unrecordedNodes: [] } },
  );

/** A reader of RFC 4180 that knows nothing of the writer. */
function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let value = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (quoted) {
      if (c !== '"') value += c;
      else if (text[i + 1] === '"') value += text.charAt(++i);
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      line.push(value);
      value = '';
    } else if (c === '\r' && text[i + 1] === '\n') {
      i++;
      lines.push([...line, value]);
      line = [];
      value = '';
    } else value += c;
  }
  return lines;
}

test('one line an item, dates in UTC, the newest use of the collection', () => {
  expect(inventoryCsv(items('billing'))).toBe(
    'Name,Thumbprint,Collection,Kind,Clearance,State,Databases,Valid from,Expires,Days left,Last used,Two-factor,Public key pinning hash\r\n' +
      'billing,AB,CD,client,ValidUser,expiring,orders:ReadWrite,2026-11-20T00:00:00.000Z,2026-11-30T00:00:00.000Z,9,2026-11-21T00:00:00.000Z,yes,hash=\r\n',
  );
});

test('any name survives the way through CSV, and none runs as a formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const read = readCsv(inventoryCsv(items(name)))[1]?.[0] ?? '';
      expect(read.replace(/^'(?=[=+\-@\t\r])/, '')).toBe(name.replace(/^'(?=[=+\-@\t\r])/, ''));
      expect(read).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

test('neither form holds the certificate', () => {
  expect(inventoryCsv(items('a')) + inventoryJson(items('a'))).not.toContain('MIIsecret');
});

test('JSON is the items', () => {
  expect(JSON.parse(inventoryJson(items('a', 'b')))).toEqual(items('a', 'b'));
});
