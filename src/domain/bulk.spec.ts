import { expect, test } from 'vitest';
import type { Certificate } from '../api/types.ts';
import { type BulkAction, planBulk } from './bulk.ts';
import { entryOf } from './certificate-harness.ts';

const now = Date.UTC(2026, 10, 21);
const entry = (thumbprint: string, more: Partial<Certificate> = {}) =>
  entryOf(
    { name: thumbprint, thumbprint, notBefore: now - 1000, notAfter: now + 1000, ...more },
    { loadedServerThumbprint: 'SERVER' },
  );
const viewer = { thumbprint: 'ME', clearance: 'ClusterAdmin' } as const;
const plan = (selected: ReturnType<typeof entry>[], action: BulkAction, all = selected) =>
  planBulk(selected, action, { all, viewer, now });

test('a database is given where it lacks, raised where it is lower, left where it is so', () => {
  const result = plan(
    [
      entry('A'),
      entry('B', {
        permissions: [
          { database: 'DB7', access: 'Read' },
          { database: 'x', access: 'Admin' },
        ],
      }),
      entry('C', { permissions: [{ database: 'db7', access: 'ReadWrite' }] }),
      entry('D', { clearance: 'Operator' }),
      entry('E', { notAfter: now - 1 }),
    ],
    { kind: 'grant', database: 'db7', access: 'ReadWrite' },
  );
  expect(result.changes.map(({ entry: { name }, permissions }) => [name, permissions])).toEqual([
    ['A', [{ database: 'db7', access: 'ReadWrite' }]],
    [
      'B',
      [
        { database: 'x', access: 'Admin' },
        { database: 'db7', access: 'ReadWrite' },
      ],
    ],
  ]);
  expect(result.unchanged.map(({ name }) => name)).toEqual(['C']);
  expect(result.refused.map(({ entry: { name } }) => name)).toEqual(['D', 'E']);
});

test('a database is taken whatever its spelling, and nothing else with it', () => {
  const result = plan(
    [
      entry('A', {
        permissions: [
          { database: 'Db7', access: 'Read' },
          { database: 'x', access: 'Read' },
        ],
      }),
      entry('B'),
    ],
    {
      kind: 'revoke',
      database: 'db7',
    },
  );
  expect(result.changes.map(({ permissions }) => permissions)).toEqual([[{ database: 'x', access: 'Read' }]]);
  expect(result.unchanged.map(({ name }) => name)).toEqual(['B']);
});

test('of all admins selected for deletion or disabling the last one stays', () => {
  const admins = [
    entry('A', { clearance: 'ClusterAdmin' }),
    entry('B', { clearance: 'ClusterAdmin' }),
    entry('C', { clearance: 'ClusterAdmin', disabled: true }),
  ];
  for (const kind of ['delete', 'disable'] as const) {
    const result = plan(admins, { kind });
    expect(result.changes.map(({ entry: { name } }) => name)).toEqual(kind === 'delete' ? ['A', 'C'] : ['A']);
    expect(result.refused).toEqual([{ entry: admins[1], reason: expect.stringContaining('last') }]);
  }
});

test('an admin outside the selection keeps the selected ones deletable', () => {
  const admin = entry('A', { clearance: 'ClusterAdmin' });
  expect(plan([admin], { kind: 'delete' }, [admin, entry('Z', { clearance: 'ClusterAdmin' })]).changes).toHaveLength(1);
});

test('one’s own and the server’s certificate are refused, what is disabled already is unchanged', () => {
  const result = plan([entry('ME'), entry('SERVER'), entry('A', { disabled: true }), entry('B')], { kind: 'disable' });
  expect(result.refused.map(({ entry: { name } }) => name)).toEqual(['ME', 'SERVER']);
  expect(result.unchanged.map(({ name }) => name)).toEqual(['A']);
  expect(result.changes.map(({ entry: { name } }) => name)).toEqual(['B']);
});
