import { securityClearances } from '../../api/types.ts';
import { databaseAccessLevels } from '../../api/types.ts';
import { lastUsed } from '../../domain/last-used.ts';
import { reach } from './list-filter.ts';
import type { ListRow } from './list-rows.ts';
import type { ListSearch, SortKey } from './list-search.ts';
import { type Moment, works } from './list-views.ts';

const clearanceRank = new Map<string, number>(securityClearances.map((clearance, index) => [clearance, index]));
const accessRank = new Map<string, number>(databaseAccessLevels.map((access, index) => [access, index]));

/** A number per row and key; what has none (no end, use unknown) is NaN and comes last in both directions. */
const values: Readonly<
  Record<Exclude<SortKey, 'name' | 'expires'>, (row: ListRow, database: string, moment: Moment) => number>
> = {
  clearance: ({ entry }) => clearanceRank.get(entry.clearance) ?? Number.NaN,
  // Who can't get in now reaches nothing.
  access: (row, database, { now }) =>
    works(row, now) ? (accessRank.get(reach(row.entry, database) ?? '') ?? Number.NaN) : Number.NaN,
  'valid-from': ({ entry }) => entry.notBefore ?? Number.NaN,
  'last-used': ({ entry }, _database, { lastUse }) => {
    const used = lastUse === undefined ? 'unknown' : lastUsed(entry, lastUse);
    return used === 'never' ? 0 : typeof used === 'number' ? used : Number.NaN;
  },
};

const ages = 1e15;

/**
 * How far away a certificate's end is. What has ended already is behind all the others in both directions: it needs nobody's
 * attention any more, and old ones would push out of sight what ends next.
 */
function distance({ entry: { notAfter } }: ListRow, now: number, descending: boolean): number {
  if (notAfter === null) return Number.NaN;
  if (notAfter >= now) return notAfter - now;
  return descending ? now - notAfter - ages : now - notAfter + ages;
}

/** Sorted rows. They come sorted by name, and stay so where they are equal. */
export function sortRows(
  rows: readonly ListRow[],
  { key, descending }: NonNullable<ListSearch['sort']>,
  database: string,
  moment: Moment,
): readonly ListRow[] {
  if (key === 'name') return descending ? rows.toReversed() : rows;
  const valueOf = key === 'expires' ? null : values[key];
  const keyed = rows.map((row) => ({
    row,
    value: valueOf === null ? distance(row, moment.now, descending) : valueOf(row, database, moment),
  }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.value === b.value) return 0;
    if (Number.isNaN(a.value)) return Number.isNaN(b.value) ? 0 : 1;
    return Number.isNaN(b.value) ? -1 : sign * (a.value - b.value);
  });
  return keyed.map(({ row }) => row);
}
