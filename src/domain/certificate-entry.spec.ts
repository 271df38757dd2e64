import { expect, test } from 'vitest';
import type { Certificate } from '../api/types.ts';
import { allowedActions } from './allowed-actions.ts';
import { toEntries } from './certificate-entry.ts';
import { certificateOf } from './certificate-harness.ts';
import { accessTo, needsReadOnlyLicence, permissionChanges } from './database-access.ts';
import { lastUsed, mergeLastUse } from './last-used.ts';

const now = Date.UTC(2026, 10, 21);
const certificate = (thumbprint: string, more: Partial<Certificate> = {}) =>
  certificateOf({
    name: thumbprint.toLowerCase(),
    thumbprint,
    notBefore: now - 1000,
    notAfter: now + 1000,
    ...more,
  });
const list = (...certificates: Certificate[]) =>
  toEntries({ certificates, loadedServerThumbprint: 'SERVER', loadedServerThumbprintForCommunication: 'COMM' });
const one = (c: Certificate) => {
  const [entry] = list(c);
  if (entry === undefined) throw new Error('no entry');
  return entry;
};
const admin = { thumbprint: 'ME', clearance: 'ClusterAdmin' } as const;
const operator = { thumbprint: 'ME', clearance: 'Operator' } as const;

test('a collection is one entry, found by each of its thumbprints', () => {
  const entries = list(
    certificate('B', { primaryThumbprint: 'A' }),
    certificate('A', { secondaryThumbprints: ['B', 'C'] }),
    certificate('C', { primaryThumbprint: 'A' }),
  );
  expect(entries.map(({ thumbprints }) => thumbprints)).toEqual([['A', 'B', 'C']]);
});

test('a secondary without its primary stands alone and can’t be deleted', () => {
  const entry = one(certificate('B', { primaryThumbprint: 'GONE' }));
  expect(entry.orphan).toBe(true);
  expect(allowedActions(entry, admin, now).delete).toMatch(/that frees it/);
});

test('a secondary that its primary has forgotten doesn’t vanish', () => {
  const entries = list(certificate('B', { primaryThumbprint: 'A' }), certificate('A'));
  expect(entries.map(({ thumbprint, orphan }) => [thumbprint, orphan])).toEqual([
    ['B', true],
    ['A', false],
  ]);
});

test('kinds', () => {
  expect(
    list(
      certificate('SERVER', { clearance: 'ClusterNode' }),
      certificate('COMM', { clearance: 'ClusterNode' }),
      certificate('N', { clearance: 'ClusterNode' }),
      certificate('S', { usage: 'SsoServer' }),
      certificate('U', { usage: 'SsoClient' }),
      certificate('C'),
    ).map(({ kind }) => kind),
  ).toEqual(['server', 'server', 'node', 'ssoServer', 'ssoUser', 'client']);
});

test('nothing changes the server’s own certificate', () => {
  const actions = allowedActions(one(certificate('SERVER')), admin, now);
  expect(Object.values(actions).every((allowed) => typeof allowed === 'string')).toBe(true);
});

test('one’s own certificate is edited but not disabled or deleted, whatever the case of its thumbprint', () => {
  const actions = allowedActions(
    one(certificate('me'.toUpperCase(), { clearance: 'ClusterAdmin' })),
    { ...admin, thumbprint: 'me' },
    now,
  );
  expect(actions).toMatchObject({ edit: true, disable: expect.any(String), delete: expect.any(String) });
});

test('an operator leaves admins and nodes alone', () => {
  for (const clearance of ['ClusterAdmin', 'ClusterNode'] as const) {
    const actions = allowedActions(one(certificate('A', { clearance })), operator, now);
    expect(Object.values(actions).every((allowed) => typeof allowed === 'string')).toBe(true);
  }
  expect(allowedActions(one(certificate('A')), operator, now)).toEqual({
    edit: true,
    disable: true,
    delete: true,
    clone: true,
  });
});

test('a user may change nothing', () => {
  const actions = allowedActions(one(certificate('A')), { thumbprint: 'ME', clearance: 'ValidUser' }, now);
  expect(Object.values(actions).every((allowed) => typeof allowed === 'string')).toBe(true);
});

test('expired ones can be deleted and cloned, not edited', () => {
  expect(allowedActions(one(certificate('A', { notAfter: now - 1 })), admin, now)).toMatchObject({
    edit: expect.any(String),
    delete: true,
    clone: true,
  });
});

test('the last admin stays, unless it is disabled or expired already', () => {
  const last = certificate('A', { clearance: 'ClusterAdmin' });
  const server = { thumbprint: 'SERVER', clearance: 'ClusterNode' } as const;
  expect(allowedActions(one(last), server, now, false)).toMatchObject({
    delete: expect.stringContaining('last'),
    disable: expect.stringContaining('last'),
  });
  expect(allowedActions(one({ ...last, disabled: true }), server, now, false).delete).toBe(true);
  expect(allowedActions(one(last), server, now, true).delete).toBe(true);
});

test('last use is the newest over nodes and over a collection', () => {
  const use = mergeLastUse([
    {
      node: 'A',
      lastUse: new Map([
        ['P', 5],
        ['S', 9],
      ]),
    },
    { node: 'B', lastUse: new Map([['P', 7]]) },
  ]);
  expect(lastUsed({ thumbprint: 'p', secondaryThumbprints: ['s'] }, use)).toBe(9);
  expect(lastUsed({ thumbprint: 'P', secondaryThumbprints: [] }, use)).toBe(7);
  expect(lastUsed({ thumbprint: 'X', secondaryThumbprints: [] }, use)).toBe('never');
});

test('a node that doesn’t record it makes "never" unrecorded, not a moment that another has seen', () => {
  const use = mergeLastUse([
    { node: 'A', lastUse: 'unrecorded' },
    { node: 'B', lastUse: new Map([['P', 7]]) },
    { node: 'C', lastUse: null },
  ]);
  expect(use.unrecordedNodes).toEqual(['A']);
  expect(lastUsed({ thumbprint: 'X', secondaryThumbprints: [] }, use)).toBe('unrecorded');
  expect(lastUsed({ thumbprint: 'P', secondaryThumbprints: [] }, use)).toBe(7);
});

test('a node that didn’t answer makes "never" unknown', () => {
  const use = mergeLastUse([
    { node: 'A', lastUse: new Map() },
    { node: 'B', lastUse: null },
  ]);
  expect(lastUsed({ thumbprint: 'X', secondaryThumbprints: [] }, use)).toBe('unknown');
  expect(use.silentNodes).toEqual(['B']);
});

test('access goes by clearance first, then by name without case', () => {
  const permissions = [{ database: 'Orders', access: 'Read' as const }];
  expect(accessTo({ clearance: 'ValidUser', permissions }, 'orders')).toBe('Read');
  expect(accessTo({ clearance: 'ValidUser', permissions }, 'stock')).toBeNull();
  expect(accessTo({ clearance: 'Operator', permissions: [] }, 'stock')).toBe('Admin');
});

test('only a map of nothing but Read needs the licence', () => {
  expect(needsReadOnlyLicence([])).toBe(false);
  expect(needsReadOnlyLicence([{ database: 'a', access: 'Read' }])).toBe(true);
  expect(
    needsReadOnlyLicence([
      { database: 'a', access: 'Read' },
      { database: 'b', access: 'Admin' },
    ]),
  ).toBe(false);
});

test('changes of permissions: given, taken, raised, and nothing for another spelling', () => {
  expect(
    permissionChanges(
      [
        { database: 'a', access: 'Read' },
        { database: 'b', access: 'Read' },
        { database: 'C', access: 'Admin' },
      ],
      [
        { database: 'b', access: 'Admin' },
        { database: 'c', access: 'Admin' },
        { database: 'd', access: 'Read' },
      ],
    ),
  ).toEqual([
    { database: 'a', from: 'Read', to: null },
    { database: 'b', from: 'Read', to: 'Admin' },
    { database: 'd', from: null, to: 'Read' },
  ]);
});
