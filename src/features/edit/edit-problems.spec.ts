import { expect, test } from 'vitest';
import { type CertificateSettings, draftOf, type SettingsDraft } from '../../domain/certificate-settings.ts';
import { type EditLimits, editProblems } from './edit-problems.ts';

const base: CertificateSettings = {
  name: 'alice',
  clearance: 'ValidUser',
  permissions: [{ database: 'orders', access: 'ReadWrite' }],
  disabled: false,
  hasTwoFactor: false,
};
const admin: CertificateSettings = { ...base, clearance: 'ClusterAdmin', permissions: [] };
const limits: EditLimits = { readOnlyLicence: true, clusterAdmin: true, lastAdmin: false, codeCheck: 'open' };
const problems = (draft: Partial<SettingsDraft>, more: Partial<EditLimits> = {}, from = base) =>
  editProblems(from, { ...draftOf(from), ...draft }, { ...limits, ...more });

test('what is stored is right', () => {
  expect(problems({})).toEqual({});
});

test.each<[string, keyof ReturnType<typeof editProblems>, Partial<SettingsDraft>, Partial<EditLimits>?]>([
  ['a blank name', 'name', { name: ' ' }],
  ['an unknown clearance', 'clearance', { clearance: 'Unknown' }],
  ['a cluster admin made by an operator', 'clearance', { clearance: 'ClusterAdmin' }, { clusterAdmin: false }],
  ['an unknown level', 'databases', { permissions: [{ database: 'x', access: 'Unknown' }] }],
  ['a database name that RavenDB refuses', 'databases', { permissions: [{ database: 'a/b', access: 'Admin' }] }],
  [
    'nothing but Read without the licence',
    'databases',
    { permissions: [{ database: 'x', access: 'Read' }] },
    { readOnlyLicence: false },
  ],
  [
    'nothing but Read kept under a higher clearance without the licence',
    'databases',
    { clearance: 'Operator', permissions: [{ database: 'x', access: 'Read' }] },
    { readOnlyLicence: false },
  ],
  ['a key that no code has proved', 'codeCheck', { twoFactor: 'replace' }],
])('%s', (_, field, draft, more) => {
  expect(Object.keys(problems(draft, more))).toEqual([field]);
});

test('a checked or skipped code passes', () => {
  expect(problems({ twoFactor: 'replace' }, { codeCheck: 'passed' })).toEqual({});
  expect(problems({ twoFactor: 'replace' }, { codeCheck: 'skipped' })).toEqual({});
});

test('the last cluster admin stays one, and enabled', () => {
  const last = { lastAdmin: true };
  expect(problems({ name: 'other' }, last, admin)).toEqual({});
  expect(problems({ clearance: 'Operator' }, last, admin)).toHaveProperty('clearance');
  expect(problems({ disabled: true }, last, admin)).toHaveProperty('clearance');
});
