import { describe, expect, it } from 'vitest';
import { canDo } from './can-do.ts';
import { emptyForm, type GenerateForm } from './generate-form.ts';

const lines = (form: Partial<GenerateForm>): string[] =>
  canDo({ ...emptyForm, ...form }).map(({ what, may }) => `${what}: ${may}`);

describe('canDo', () => {
  it('names each database of a user, and that there is no more', () => {
    const grants = [
      { item: 'orders', level: 'ReadWrite' as const },
      { item: 'stock', level: 'Read' as const },
    ];
    expect(lines({ grants, twoFactor: true })).toEqual([
      'orders: read and write',
      'stock: read',
      'The rest: no access',
      'Server: no access',
      'Cluster: no access',
      'Second factor: asked when it connects',
    ]);
  });
  it('counts many databases by level', () => {
    const grants = Array.from({ length: 30 }, (_, index) => ({
      item: `db${index}`,
      level: index === 0 ? ('Admin' as const) : ('Read' as const),
    }));
    expect(lines({ grants }).slice(0, 3)).toEqual(['1 database: admin', '29 databases: read', 'The rest: no access']);
  });
  it('says it when a user reaches nothing', () => {
    expect(lines({})[0]).toBe('Databases: no access');
  });
  it('leaves an operator out of the cluster, and an admin out of nothing', () => {
    const grants = [{ item: 'orders', level: 'Read' as const }];
    expect(lines({ clearance: 'Operator', grants })).toContain('Cluster: no access');
    expect(lines({ clearance: 'Operator', grants })[0]).toBe('All databases: admin');
    expect(lines({ clearance: 'ClusterAdmin', grants })[1]).toMatch(/^Cluster: everything/);
  });
});
