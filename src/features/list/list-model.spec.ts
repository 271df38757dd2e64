import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Certificate, CertificateList } from '../../api/types.ts';
import { certificateOf } from '../../domain/certificate-harness.ts';
import { day } from '../../domain/certificate-state.ts';
import { countAccess, filterRows } from './list-filter.ts';
import { nameKey, toRows } from './list-rows.ts';
import { type ListSearch, listViews, noFilters } from './list-search.ts';
import { sortRows } from './list-sort.ts';
import { countViews, isInView, type Moment } from './list-views.ts';

const now = Date.UTC(2026, 10, 21);
let made = 0;
function certificate(name: string, more: Partial<Certificate> = {}): Certificate {
  made += 1;
  return certificateOf({
    name,
    thumbprint: made.toString(16).toUpperCase().padStart(40, '0'),
    notBefore: now - 200 * day,
    notAfter: now + 400 * day,
    ...more,
  });
}
const listOf = (...certificates: Certificate[]): CertificateList => ({
  certificates,
  loadedServerThumbprint: null,
  loadedServerThumbprintForCommunication: null,
  wellKnownAdmins: [],
  wellKnownIssuers: [],
});
const moment: Moment = { now, lastUse: { byThumbprint: new Map(), silentNodes: [], unrecordedNodes: [] } };
const names = (rows: readonly { entry: { name: string } }[]) => rows.map(({ entry }) => entry.name);

describe('names', () => {
  it('sort without case and accents, and numbers by value', () => {
    const sorted = ['node10', 'Node2', 'élan', 'elbow', 'node1', 'Zebra', 'alpha'];
    expect(names(toRows(listOf(...sorted.map((name) => certificate(name)))))).toEqual([
      'alpha',
      'élan',
      'elbow',
      'node1',
      'Node2',
      'node10',
      'Zebra',
    ]);
  });
  it('tell numbers apart from zeros in front', () => {
    expect(nameKey('a007')).toBe(nameKey('A7'));
    expect(nameKey('a0') < nameKey('a1')).toBe(true);
  });
});

describe('views', () => {
  const rows = toRows(
    listOf(
      certificate('works'),
      certificate('ends soon', { notAfter: now + 30 * day - 1 }),
      certificate('ends in 30 days', { notAfter: now + 30 * day }),
      certificate('ended', { notAfter: now - 1 }),
      certificate('off', { disabled: true, notAfter: now - 1 }),
      certificate('later', { notBefore: now + day }),
      certificate('admin', { clearance: 'ClusterAdmin' }),
      certificate('safe admin', { clearance: 'ClusterAdmin', hasTwoFactor: true }),
      certificate('node', { clearance: 'ClusterNode' }),
      certificate('fresh', { notBefore: now - 89 * day }),
    ),
  );
  const inView = (view: (typeof listViews)[number]) => names(rows.filter((row) => isInView(view, row, moment)));

  it('draw their lines where they say', () => {
    expect(inView('expiring')).toEqual(['ends soon']);
    expect(inView('expired')).toEqual(['ended']);
    expect(inView('disabled')).toEqual(['off']);
    expect(inView('admins-without-2fa')).toEqual(['admin']);
    expect(inView('valid')).not.toContain('later');
    expect(inView('valid')).toContain('ends soon');
  });
  it('count as unused what is old enough to have been used', () => {
    expect(inView('unused')).not.toContain('fresh');
    expect(inView('unused')).toContain('works');
    const used = new Map([[rows.find(({ entry }) => entry.name === 'works')?.entry.thumbprint ?? '', now - 89 * day]]);
    const later: Moment = { now, lastUse: { byThumbprint: used, silentNodes: [], unrecordedNodes: [] } };
    expect(names(rows.filter((row) => isInView('unused', row, later)))).not.toContain('works');
  });
  it('know nothing about use before the nodes answered, or when one did not', () => {
    for (const lastUse of [
      undefined,
      { byThumbprint: new Map<string, number>(), silentNodes: ['B'], unrecordedNodes: [] },
    ])
      expect(countViews(rows, { now, lastUse }).unused).toBe(0);
  });
  it('count what they filter', () => {
    const counts = countViews(rows, moment);
    for (const view of listViews) expect(filterRows(rows, { ...noFilters, view }, moment)).toHaveLength(counts[view]);
  });
});

describe('filters', () => {
  it('hold together: a state doesn’t let other types through', () => {
    const rows = toRows(
      listOf(
        certificate('client'),
        certificate('gate', { usage: 'SsoServer' }),
        certificate('anna', { usage: 'SsoClient', notAfter: null }),
        certificate('disabled anna', { usage: 'SsoClient', notAfter: null, disabled: true }),
        certificate('node b', { clearance: 'ClusterNode' }),
      ),
    );
    const found = (filter: Partial<ListSearch>) => names(filterRows(rows, { ...noFilters, ...filter }, moment));
    expect(found({ view: 'valid', types: ['sso-user'] })).toEqual(['anna']);
    expect(found({ types: ['sso-server', 'sso-user'] })).toEqual(['anna', 'disabled anna', 'gate']);
    expect(found({ types: ['client'] })).toEqual(['client']);
    expect(found({ types: ['server'] })).toEqual(['node b']);
  });
  it('take an entry without a name', () => {
    const rows = toRows(listOf(certificate(''), certificate('b')));
    expect(names(filterRows(rows, { ...noFilters, text: 'b' }, moment))).toContain('b');
    expect(names(sortRows(rows, { key: 'name', descending: true }, '', moment))).toEqual(['b', '']);
  });
});

describe('search text', () => {
  const primary = certificate('Billing <b>\nservice', { secondaryThumbprints: ['A'.repeat(40)] });
  const rows = toRows(
    listOf(
      primary,
      certificate('second', { thumbprint: 'A'.repeat(40), primaryThumbprint: primary.thumbprint }),
      certificate('other'),
    ),
  );
  const found = (text: string) => names(filterRows(rows, { ...noFilters, text }, moment));
  it('finds names in any case, and what is in them as text', () => {
    expect(found(' BILLING ')).toEqual([primary.name]);
    expect(found('<B>')).toEqual([primary.name]);
    expect(found('nobody')).toEqual([]);
  });
  it('finds a collection by the thumbprint of any member, with colons too', () => {
    expect(found('aaaaaaaa')).toEqual([primary.name]);
    expect(found('aa:AA:aa aa')).toEqual([primary.name]);
  });
});

describe('who can reach a database', () => {
  const rows = toRows(
    listOf(
      certificate('reader', { permissions: [{ database: 'Orders', access: 'Read' }] }),
      certificate('writer', { permissions: [{ database: 'orders', access: 'ReadWrite' }] }),
      certificate('elsewhere', { permissions: [{ database: 'orders-2', access: 'Admin' }] }),
      certificate('nothing'),
      certificate('operator', { clearance: 'Operator' }),
      certificate('ended operator', { clearance: 'Operator', notAfter: now - 1 }),
      certificate('sso', { clearance: 'Operator', usage: 'SsoServer' }),
    ),
  );
  const reached = (access: 'Read' | 'ReadWrite' | 'Admin' | null) =>
    names(filterRows(rows, { ...noFilters, database: 'ORDERS', access }, moment)).sort();
  it('counts operators and admins in, and nobody without rights', () => {
    expect(reached(null)).toEqual(['ended operator', 'operator', 'reader', 'writer']);
    expect(reached('ReadWrite')).toEqual(['ended operator', 'operator', 'writer']);
    expect(reached('Admin')).toEqual(['ended operator', 'operator']);
  });
  it('counts by access only who gets in now', () => {
    expect(countAccess(rows, 'orders', now)).toEqual({ Read: 1, ReadWrite: 1, Admin: 1 });
  });
  it('puts who may do most on top', () => {
    const order = sortRows(
      filterRows(rows, { ...noFilters, database: 'orders' }, moment),
      { key: 'access', descending: true },
      'orders',
      moment,
    );
    expect(names(order)).toEqual(['operator', 'writer', 'reader', 'ended operator']);
  });
});

describe('sorting', () => {
  it('keeps every row, keeps names in order among equals, and puts what has no value last both ways', () => {
    const arbitrary = fc.array(
      fc.record({ name: fc.string(), notAfter: fc.option(fc.integer({ min: now - 3, max: now + 3 })) }),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(arbitrary, fc.boolean(), (items, descending) => {
        const rows = toRows(listOf(...items.map(({ name, notAfter }) => certificate(name, { notAfter }))));
        const sorted = sortRows(rows, { key: 'expires', descending }, '', moment);
        expect(new Set(sorted)).toEqual(new Set(rows));
        for (const [index, row] of sorted.entries()) {
          const next = sorted[index + 1];
          if (next === undefined) continue;
          const [a, b] = [row.entry.notAfter, next.entry.notAfter];
          if (a === null) expect(b).toBeNull();
          else if (b !== null && a >= now && b >= now) expect(descending ? a >= b : a <= b).toBe(true);
          else if (b !== null) expect(a < now && b >= now).toBe(false);
          if (a === b) expect(row.nameKey <= next.nameKey).toBe(true);
        }
      }),
    );
  });
});
