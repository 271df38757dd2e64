import { expect, test } from 'vitest';
import type { Certificate } from '../../api/types.ts';
import { entryOf } from '../../domain/certificate-harness.ts';
import { bulkConsequences } from './bulk-consequences.ts';
import { planRequest, planText } from './plan-request.ts';

const now = Date.UTC(2026, 10, 21);
const entry = (thumbprint: string, more: Partial<Certificate> = {}) =>
  entryOf({
    name: thumbprint,
    thumbprint,
    notBefore: now - 1000,
    notAfter: now + 1000,
    pinningHash: `key of ${thumbprint}`,
    ...more,
  });
const viewer = { thumbprint: 'ME', clearance: 'ClusterAdmin' } as const;
const all = (entries: ReturnType<typeof entry>[], readOnlyLicence: boolean | null = null) => ({
  entries,
  viewer,
  readOnlyLicence,
  now,
});
const names = (entries: readonly { name: string }[]) => entries.map(({ name }) => name);

test('what isn’t registered any more is counted, what isn’t selected stays', () => {
  const plan = planRequest(['A', 'GONE'], { kind: 'disable' }, all([entry('A'), entry('B')]));
  expect(names(plan.changes.map((change) => change.entry))).toEqual(['A']);
  expect(plan.gone).toBe(1);
  expect(names(plan.staying)).toEqual(['B']);
});

test('without the licence nobody may be left with Read alone, by giving or by taking', () => {
  const entries = [
    entry('A'),
    entry('B', { permissions: [{ database: 'x', access: 'ReadWrite' }] }),
    entry('C', {
      permissions: [
        { database: 'x', access: 'Read' },
        { database: 'db', access: 'Admin' },
      ],
    }),
  ];
  const grant = { kind: 'grant', database: 'db', access: 'Read' } as const;
  const given = planRequest(['A', 'B'], grant, all(entries, false));
  expect(names(given.changes.map((change) => change.entry))).toEqual(['B']);
  expect(given.refused).toEqual([{ entry: entries[0], reason: expect.stringContaining('licence') }]);
  expect(names(given.staying)).toContain('A');
  const taken = planRequest(['C'], { kind: 'revoke', database: 'db' }, all(entries, false));
  expect(names(taken.refused.map((refusal) => refusal.entry))).toEqual(['C']);
  for (const licence of [true, null])
    expect(planRequest(['A', 'B'], grant, all(entries, licence)).changes).toHaveLength(2);
});

test('two plans have one text only when they do the same', () => {
  const text = (more: Partial<Certificate>) =>
    planText(planRequest(['A'], { kind: 'delete' }, all([entry('A', more)])));
  expect(text({})).toBe(text({}));
  for (const more of [
    { name: 'renamed' },
    { clearance: 'Operator' },
    { disabled: true },
    { permissions: [{ database: 'x', access: 'Read' }] },
  ] as const)
    expect(text(more)).not.toBe(text({}));
});

test('says what is in use, whose key lives on, and what comes apart', () => {
  const set = entry('SET', { secondaryThumbprints: ['S2'] });
  const used = entry('USED');
  const said = bulkConsequences(
    [set, used],
    { kind: 'disable' },
    {
      staying: [entry('TWIN', { pinningHash: 'key of USED' }), entry('OTHER')],
      lastUse: { byThumbprint: new Map([['USED', now - 86_400_000]]), silentNodes: [], unrecordedNodes: [] },
      now,
    },
  );
  const grave = said.filter((one) => one.grave).map(({ text }) => text);
  expect(grave).toEqual([
    'Used in the last 7 days: “USED”.',
    expect.stringContaining('“TWIN” isn’t selected and has the key'),
    expect.stringContaining('“SET”: collections.'),
  ]);
  expect(said.at(-1)?.text).toContain('you can enable them again');
});

test('says that a node didn’t answer, and nothing of use when access is given', () => {
  const silent = { byThumbprint: new Map<string, number>(), silentNodes: ['B'], unrecordedNodes: [] };
  const options = { staying: [], lastUse: silent, now };
  expect(bulkConsequences([entry('A')], { kind: 'delete' }, options)[0]?.text).toContain('isn’t known');
  expect(bulkConsequences([entry('A')], { kind: 'grant', database: 'x', access: 'Read' }, options)).toEqual([]);
});
