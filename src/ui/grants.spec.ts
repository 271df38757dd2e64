import { describe, expect, it } from 'vitest';
import { addGrants } from './grants.ts';

const noDots = (item: string): string | null => (item.includes('.') ? `“${item}” has a dot.` : null);
const rows = [{ item: 'Orders', level: 'Read' }];

describe('addGrants', () => {
  it('puts new names behind, at the level asked for', () => {
    expect(addGrants(rows, [' a ', '', 'b'], 'Admin', noDots)).toEqual({
      grants: [...rows, { item: 'a', level: 'Admin' }, { item: 'b', level: 'Admin' }],
      problem: null,
    });
  });
  it('keeps what is right of a list, and says what is wrong with the first that is not', () => {
    const { grants, problem } = addGrants(rows, ['a.b', 'x', 'X', 'ORDERS'], 'Admin', noDots);
    expect(grants.map(({ item }) => item)).toEqual(['Orders', 'x']);
    expect(problem).toBe('“a.b” has a dot.');
    expect(addGrants(rows, ['orders'], 'Admin', noDots)).toEqual({
      grants: rows,
      problem: '“orders” is there already.',
    });
  });
});
