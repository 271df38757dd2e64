import fc from 'fast-check';
import { expect, test } from 'vitest';
import { databaseAccessLevels, type DatabasePermission } from '../api/types.ts';
import {
  type CertificateSettings,
  copyField,
  draftChanges,
  draftOf,
  mergeForeign,
  type SettingsDraft,
  settingsChanges,
} from './certificate-settings.ts';

const base: CertificateSettings = {
  name: 'alice',
  clearance: 'ValidUser',
  permissions: [
    { database: 'orders', access: 'ReadWrite' },
    { database: 'stock', access: 'Read' },
  ],
  disabled: false,
  hasTwoFactor: false,
};
const draft = (more: Partial<SettingsDraft>): SettingsDraft => ({ ...draftOf(base), ...more });

test('an untouched draft changes nothing', () => {
  expect(draftChanges(base, draftOf(base))).toEqual([]);
});

test('what a draft would change, in words', () => {
  const wanted = draft({
    name: 'bob',
    clearance: 'Operator',
    permissions: [
      { database: 'ORDERS', access: 'Admin' },
      { database: 'new', access: 'Read' },
    ],
    disabled: true,
    twoFactor: 'replace',
  });
  expect(draftChanges(base, wanted).map(({ what, from, to }) => `${what}: ${from} → ${to}`)).toEqual([
    'Name: alice → bob',
    'Clearance: User → Operator',
    'new: no access → Read',
    'ORDERS: Read and write → Admin',
    'stock: Read → no access',
    'State: enabled → disabled',
    'Second factor: not asked → asked',
  ]);
  expect(draftChanges({ ...base, hasTwoFactor: true }, draft({ twoFactor: 'replace' }))[0]?.to).toBe('a new key');
  expect(draftChanges({ ...base, hasTwoFactor: true }, draft({ twoFactor: 'remove' }))[0]?.to).toBe('not asked');
  expect(draftChanges(base, draft({ twoFactor: 'remove' }))).toEqual([]);
});

test('what I hadn’t touched becomes theirs, what I had stays mine', () => {
  const theirs = { ...base, name: 'alice (theirs)', disabled: true };
  const merged = mergeForeign(base, draft({ clearance: 'Operator' }), theirs);
  expect(merged.draft).toEqual(draft({ name: 'alice (theirs)', disabled: true, clearance: 'Operator' }));
  expect(merged.foreign.map(({ key, mine }) => [key, mine])).toEqual([
    ['name', null],
    ['disabled', null],
  ]);
});

test('each database is a field of its own', () => {
  const theirs: CertificateSettings = {
    ...base,
    permissions: [
      { database: 'orders', access: 'Admin' },
      { database: 'stock', access: 'Read' },
      { database: 'theirs', access: 'Read' },
    ],
  };
  const mine = draft({ permissions: [{ database: 'orders', access: 'Read' }] });
  const merged = mergeForeign(base, mine, theirs);
  expect(merged.foreign).toEqual([
    { key: 'database:orders', what: 'orders', from: 'Read and write', to: 'Admin', mine: 'Read' },
    { key: 'database:theirs', what: 'theirs', from: 'no access', to: 'Read', mine: null },
  ]);
  expect(merged.draft.permissions).toEqual([
    { database: 'orders', access: 'Read' },
    { database: 'theirs', access: 'Read' },
  ]);
  const settled = copyField(merged.draft, draftOf(theirs), 'database:orders');
  expect(draftChanges(theirs, settled).map(({ what, to }) => [what, to])).toEqual([['stock', 'no access']]);
});

test('both wanted the same: nothing to settle', () => {
  const merged = mergeForeign(base, draft({ name: 'bob' }), { ...base, name: 'bob' });
  expect(merged.foreign).toEqual([{ key: 'name', what: 'Name', from: 'alice', to: 'bob', mine: null }]);
  expect(draftChanges({ ...base, name: 'bob' }, merged.draft)).toEqual([]);
});

test('a second factor of mine and one of theirs contradict each other, even both new', () => {
  const merged = mergeForeign(base, draft({ twoFactor: 'replace' }), { ...base, hasTwoFactor: true });
  expect(merged.foreign).toMatchObject([{ key: 'twoFactor', mine: 'asked' }]);
  expect(merged.draft.twoFactor).toBe('replace');
});

test('removed by both', () => {
  const before = { ...base, hasTwoFactor: true };
  const merged = mergeForeign(before, draft({ twoFactor: 'remove' }), base);
  expect(merged.foreign).toMatchObject([{ key: 'twoFactor', mine: null }]);
  expect(draftChanges(base, merged.draft)).toEqual([]);
});

const permissions = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(...databaseAccessLevels)), {
    selector: ([name]) => name,
  })
  .map((pairs): DatabasePermission[] => pairs.map(([database, access]) => ({ database, access })));
const settings = fc.record({
  name: fc.constantFrom('x', 'y', 'z'),
  clearance: fc.constantFrom('ValidUser' as const, 'Operator' as const),
  permissions,
  disabled: fc.boolean(),
  hasTwoFactor: fc.boolean(),
});

test('whatever happens: untouched fields are theirs, touched ones mine, and only contradictions ask', () => {
  fc.assert(
    fc.property(
      settings,
      settings,
      settings,
      fc.constantFrom('keep' as const, 'remove' as const),
      (from, mine, theirs, twoFactor) => {
        const wanted: SettingsDraft = { ...draftOf(mine), twoFactor };
        const merged = mergeForeign(from, wanted, theirs);
        const touched = new Set(draftChanges(from, wanted).map(({ key }) => key));
        const foreign = new Set(settingsChanges(from, theirs).map(({ key }) => key));
        const left = new Set(draftChanges(theirs, merged.draft).map(({ key }) => key));
        for (const key of left) expect(touched.has(key)).toBe(true);
        for (const key of touched) if (!foreign.has(key)) expect(left.has(key)).toBe(true);
        for (const change of merged.foreign) expect(change.mine !== null).toBe(left.has(change.key));
        let settled = merged.draft;
        for (const change of merged.foreign) settled = copyField(settled, draftOf(theirs), change.key);
        for (const { key } of draftChanges(theirs, settled)) expect(foreign.has(key)).toBe(false);
      },
    ),
  );
});
