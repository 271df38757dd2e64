import { reachesAllDatabases } from '../../domain/clearance.ts';
import type { ListRow } from './list-rows.ts';

/** Databases that these rows' permissions open, whatever their spelling, with how many of the rows; the most common first. */
export function databasesOf(rows: readonly ListRow[]): { database: string; count: number }[] {
  const found = new Map<string, { database: string; count: number }>();
  for (const { entry } of rows) {
    if (reachesAllDatabases(entry.clearance)) continue;
    for (const { database } of entry.permissions) {
      const known = found.get(database.toLowerCase());
      if (known === undefined) found.set(database.toLowerCase(), { database, count: 1 });
      else known.count += 1;
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count || (a.database < b.database ? -1 : 1));
}
