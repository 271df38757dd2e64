import { describe, expect, it } from 'vitest';
import type { Certificate } from '../api/types.ts';
import { certificateOf, entryOf } from './certificate-harness.ts';
import { rightsChanges, rightsProblem, rightsText, successorIn, successorsOf } from './rotation.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 21);
const orders: Partial<Certificate> = {
  name: 'orders',
  thumbprint: 'A'.repeat(40),
  clearance: 'ValidUser',
  permissions: [{ database: 'Orders', access: 'ReadWrite' }],
  notBefore: now - 100 * day,
  notAfter: now + 9 * day,
};
const old = entryOf(orders);
const next = (more: Partial<Certificate> = {}) =>
  certificateOf({
    ...orders,
    thumbprint: 'B'.repeat(40),
    notBefore: now - 7 * day,
    notAfter: now + 365 * day,
    ...more,
  });

describe('successorsOf', () => {
  it('finds what was issued in its place, newest first', () => {
    const newest = next({ thumbprint: 'C'.repeat(40), notBefore: now - day });
    expect(successorsOf(old, [certificateOf(orders), next(), newest], now)).toEqual([newest, next()]);
  });
  it.each<[string, Partial<Certificate>]>([
    ['another name', { name: 'orders (2)' }],
    ['other rights', { permissions: [{ database: 'Orders', access: 'Admin' }] }],
    ['another clearance', { clearance: 'Operator' }],
    ['an older one', { notBefore: now - 200 * day }],
    ['a disabled one', { disabled: true }],
    ['an expired one', { notAfter: now - day }],
    ['one to come', { notBefore: now + day }],
    ['a member of a collection', { primaryThumbprint: 'D'.repeat(40) }],
    ['a single sign-on user', { usage: 'SsoClient' }],
  ])('is not %s', (_, more) => expect(successorsOf(old, [next(more)], now)).toEqual([]));
  it('takes one whose second factor nobody told of', () =>
    expect(successorsOf({ ...old, hasTwoFactor: true }, [next({ hasTwoFactor: true })], now)).toHaveLength(1));
  it('is not one of the same collection', () =>
    expect(successorsOf({ ...old, thumbprints: ['A'.repeat(40), 'B'.repeat(40)] }, [next()], now)).toEqual([]));
});

describe('rights', () => {
  it('differ in clearance, databases and second factor, not in name', () => {
    const other = next({ name: 'renamed', disabled: true, hasTwoFactor: true, permissions: [] });
    expect(rightsChanges(old, other).map(({ what, to }) => [what, to])).toEqual([
      ['Orders', 'no access'],
      ['Second factor', 'asked'],
    ]);
  });
  it('are told', () => {
    expect(rightsText(old)).toBe('User, with Orders (read and write)');
    expect(rightsText({ clearance: 'Operator', permissions: [] })).toBe('Operator, with every database');
    expect(rightsText({ clearance: 'ValidUser', permissions: [] })).toBe('User, without any database');
    const many = Array.from({ length: 8 }, (_, i) => ({ database: `db${String(i)}`, access: 'Read' as const }));
    expect(rightsText({ clearance: 'ValidUser', permissions: many })).toMatch(/db5 \(read\) and 2 more$/);
  });
  it('can be given again when this console knows them', () => {
    expect(rightsProblem(old)).toBeNull();
    expect(rightsProblem({ clearance: 'UnauthenticatedClients', permissions: [] })).toMatch(/can’t be issued/);
    expect(rightsProblem({ clearance: 'ValidUser', permissions: [{ database: 'x', access: 'Unknown' }] })).toMatch(
      /doesn’t know/,
    );
  });
});

it('successorIn reads a thumbprint and nothing else', () => {
  expect(successorIn(`?to=${'ab'.repeat(20)}`)).toBe('AB'.repeat(20));
  expect(successorIn('?to=<script>')).toBeNull();
  expect(successorIn('')).toBeNull();
});
