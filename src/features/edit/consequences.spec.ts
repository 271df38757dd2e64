import { expect, test } from 'vitest';
import type { Certificate } from '../../api/types.ts';
import { entryOf } from '../../domain/certificate-harness.ts';
import { draftOf, type SettingsDraft } from '../../domain/certificate-settings.ts';
import { consequences, narrows, raises } from './consequences.ts';

const entry = (more: Partial<Certificate> = {}) =>
  entryOf({ clearance: 'ValidUser', permissions: [{ database: 'orders', access: 'ReadWrite' }], ...more });
const of = (
  of: Partial<Certificate>,
  draft: Partial<SettingsDraft>,
  more: Partial<{ own: boolean; siblings: string[] }> = {},
) =>
  consequences(entry(of), { ...draftOf(entry(of)), ...draft }, { own: false, siblings: [], ...more })
    .map(({ text, grave }) => (grave ? '! ' : '') + text)
    .join('\n');

test('a new name has none', () => {
  expect(of({}, { name: 'bob' }, { own: true })).toBe('');
});

test('lowering one’s own', () => {
  expect(of({ clearance: 'ClusterAdmin' }, { clearance: 'Operator' }, { own: true })).toMatch(
    /^! This console uses .* nor take this back/,
  );
  expect(of({ clearance: 'ClusterAdmin' }, { clearance: 'ValidUser' }, { own: true })).toMatch(
    /can’t manage certificates/,
  );
  expect(of({ clearance: 'ClusterAdmin' }, { clearance: 'Operator' })).not.toMatch(/This console/);
});

test('disabling names open connections and certificates with the same key', () => {
  expect(of({}, { disabled: true }, { siblings: ['alice (old)'] })).toMatch(
    /refused\.\n! “alice \(old\)” has the same key/,
  );
  expect(of({}, { disabled: true })).toMatch(/open now keep/);
  expect(of({ disabled: true }, { disabled: false })).toBe('');
});

test('the second factor', () => {
  expect(of({ hasTwoFactor: true }, { twoFactor: 'remove' })).toMatch(/^! .*without a code/);
  expect(of({ hasTwoFactor: true }, { twoFactor: 'replace' })).toMatch(/present key stop working/);
  expect(of({}, { twoFactor: 'remove' })).toBe('');
});

test.each<[boolean, Partial<Certificate>, Partial<SettingsDraft>]>([
  [false, {}, { permissions: [{ database: 'ORDERS', access: 'Admin' }] }],
  [true, {}, { permissions: [{ database: 'orders', access: 'Read' }] }],
  [true, {}, { permissions: [] }],
  [false, {}, { clearance: 'Operator', permissions: [] }],
  [true, { clearance: 'Operator' }, { clearance: 'ValidUser' }],
  [true, {}, { twoFactor: 'replace' }],
  [false, { hasTwoFactor: true }, { twoFactor: 'replace' }],
])('narrower: %j', (narrower, of, draft) => {
  expect(narrows(entry(of), { ...draftOf(entry(of)), ...draft })).toBe(narrower);
});

test('a collection: who of it gets more', () => {
  const members = (['ValidUser', 'ClusterAdmin'] as const).map((clearance) => ({ clearance }));
  const to = (clearance: SettingsDraft['clearance']) => ({ ...draftOf(entry()), clearance });
  expect(raises(members, to('Operator'))).toBe(true);
  expect(raises(members, to('ValidUser'))).toBe(false);
  expect(raises([], to('ClusterAdmin'))).toBe(false);
});
