import { expect, test } from 'vitest';
import type { Certificate } from '../../api/types.ts';
import { entryOf } from '../../domain/certificate-harness.ts';
import { filterEntries, type ListFilter } from './list-filter.ts';
import {
  mergePermissions,
  parseClearance,
  parseDuration,
  parseEnd,
  parseGrant,
  parseMinutes,
} from './option-values.ts';
import { selectEntry } from './registered.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 21, 12);

test('times: from now, as a date, and what is none', () => {
  expect(parseDuration('30d')).toBe(30 * day);
  expect(parseDuration('2')).toBe(2 * day);
  expect(parseDuration('1.5h')).toBe(5_400_000);
  expect(parseMinutes('90')).toBe(90);
  expect(parseMinutes('8h')).toBe(480);
  expect(parseEnd('2031-11-21', now)).toBe(Date.UTC(2031, 10, 21));
  expect(parseEnd('2y', now)).toBe(Date.UTC(2028, 10, 21, 12));
  expect(parseEnd('90d', now)).toBe(now + 90 * day);
  for (const text of ['', '30x', '-3d', 'soon']) expect(() => parseDuration(text)).toThrow();
  for (const text of ['2020-01-01', '2031-02-30', '2031-13-01', '0d', '10000y'])
    expect(() => parseEnd(text, now)).toThrow();
  expect(() => parseMinutes('0')).toThrow();
});

test('databases and their levels', () => {
  expect(parseGrant('Orders=readwrite')).toEqual([{ database: 'Orders', access: 'ReadWrite' }]);
  expect(parseGrant('orders=Read', parseGrant('Orders=Admin'))).toEqual([{ database: 'orders', access: 'Read' }]);
  expect(parseGrant('__proto__=Read')).toEqual([{ database: '__proto__', access: 'Read' }]);
  for (const text of ['Orders', 'Orders=', '=Read', 'a/b=Read', 'Orders=Write'])
    expect(() => parseGrant(text)).toThrow();
  expect(mergePermissions(parseGrant('A=Read'), parseGrant('B=Read'))).toHaveLength(2);
  expect(parseClearance('valid-user')).toBe('ValidUser');
  expect(() => parseClearance('ClusterNode')).toThrow();
});

const entry = (name: string, thumbprint: string, more: Partial<Certificate> = {}) =>
  entryOf({
    name,
    thumbprint: thumbprint.padEnd(40, '0'),
    notBefore: now - day,
    notAfter: now + 100 * day,
    pinningHash: thumbprint,
    ...more,
  });

const entries = [
  entry('orders', 'ABCDEF01', { permissions: [{ database: 'Orders', access: 'Read' }] }),
  entry('Orders', 'ABCDEF02', { clearance: 'Operator', notAfter: now + 3 * day }),
  entry('abcdef', 'BBBBBB', { notAfter: now - day, secondaryThumbprints: ['CCCCCC'.padEnd(40, '0')] }),
  entry('twin', 'D1', { notAfter: null }),
  entry('twin', 'D2', { disabled: true }),
];

const found = (filter: ListFilter) =>
  filterEntries(entries, filter, 14, now).map(({ thumbprint }) => thumbprint.replace(/0+$/, ''));

test('filters and orders of the list', () => {
  expect(found({})).toEqual(['BBBBBB', 'ABCDEF01', 'ABCDEF02', 'D1', 'D2']);
  expect(found({ state: ['expiring', 'expired'] })).toEqual(['BBBBBB', 'ABCDEF02']);
  expect(found({ database: 'ORDERS' })).toEqual(['ABCDEF01', 'ABCDEF02']);
  expect(found({ clearance: ['Operator'] })).toEqual(['ABCDEF02']);
  expect(found({ search: 'ord ab:cd' })).toEqual(['ABCDEF01', 'ABCDEF02']);
  expect(found({ sort: { key: 'expires', descending: false } })).toEqual([
    'BBBBBB',
    'ABCDEF02',
    'ABCDEF01',
    'D2',
    'D1',
  ]);
  expect(found({ sort: { key: 'clearance', descending: false } })[0]).toBe('ABCDEF02');
});

test('a certificate is named by thumbprint, name, or the first digits', () => {
  const select = (text: string) => selectEntry(entries, text).thumbprint.replace(/0+$/, '');
  expect(select('orders')).toBe('ABCDEF01');
  expect(select('Orders')).toBe('ABCDEF02');
  // A name wins over the same digits.
  expect(select('abcdef')).toBe('BBBBBB');
  expect(select('ab:cd:ef 02…')).toBe('ABCDEF02');
  expect(select('CCCCCC'.padEnd(40, '0'))).toBe('BBBBBB');
  expect(() => select('ABCDEF0')).toThrow(/fits 2 certificates/);
  expect(() => select('twin')).toThrow(/fits 2/);
  expect(() => select('ORDERS')).toThrow(/fits 2/);
  expect(() => select('BBBBB')).toThrow(/No certificate/);
});
