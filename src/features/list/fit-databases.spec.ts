import { expect, it } from 'vitest';
import { fittingPermissions } from './fit-databases.ts';

const permissions = (...names: string[]) => names.map((database) => ({ database, access: 'Read' as const }));

it('shows what has room, with room for the count of the rest', () => {
  expect(fittingPermissions([], 100)).toBe(0);
  expect(fittingPermissions(permissions('orders'), 100)).toBe(1);
  expect(fittingPermissions(permissions('orders', 'stock', 'invoices', 'pricing'), 240)).toBe(2);
  expect(fittingPermissions(permissions('orders', 'stock', 'invoices', 'pricing'), 2000)).toBe(4);
});
it('shows one even when it has no room', () => {
  expect(fittingPermissions(permissions('x'.repeat(128), 'y'), 60)).toBe(1);
});
