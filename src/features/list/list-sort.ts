import { securityClearances } from '../../api/types.ts';
import { databaseAccessLevels } from '../../api/types.ts';
import { lastUsed } from '../../domain/last-used.ts';
import { reach } from './list-filter.ts';
import type { ListRow } from './list-rows.ts';
import type { ListSearch, SortKey } from './list-search.ts';
import type { Moment } from './list-views.ts';

const clearanceRank = new Map<string, number>(securityClearances.map((clearance, index) => [clearance, index]));
const accessRank = new Map<string, number>(databaseAccessLevels.map((access, index) => [access, index]));

/** A number per row and key; what has none (no end, use unknown) is NaN and comes last in both directions. */
const values: Readonly<Record<Exclude<SortKey, 'name'>, (row: ListRow, database: string, moment: Moment) => number>> = {
  clearance: ({ entry }) => clearanceRank.get(entry.clearance) ?? Number.NaN,
  access: ({ entry }, database) => accessRank.get(reach(entry, database) ?? '') ?? Number.NaN,
  'valid-from': ({ entry }) => entry.notBefore ?? Number.NaN,
  expires: ({ entry }) => entry.notAfter ?? Number.NaN,
  'last-used': ({ entry }, _database, { lastUse }) => {
    const used = lastUse === undefined ? 'unknown' : lastUsed(entry, lastUse);
    return used === 'never' ? 0 : used === 'unknown' ? Number.NaN : used;
  },
};

/** Sorted rows. They come sorted by name, and stay so where they are equal. */
export function sortRows(
  rows: readonly ListRow[],
  { key, descending }: NonNullable<ListSearch['sort']>,
  database: string,
  moment: Moment,
): readonly ListRow[] {
  if (key === 'name') return descending ? rows.toReversed() : rows;
  const valueOf = values[key];
  const keyed = rows.map((row) => ({ row, value: valueOf(row, database, moment) }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.value === b.value) return 0;
    if (Number.isNaN(a.value)) return Number.isNaN(b.value) ? 0 : 1;
    return Number.isNaN(b.value) ? -1 : sign * (a.value - b.value);
  });
  return keyed.map(({ row }) => row);
}
