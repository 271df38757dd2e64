import type { DatabaseAccess } from '../../api/types.ts';
import { accessTo, compareAccess } from '../../domain/database-access.ts';
import type { ListRow } from './list-rows.ts';
import type { EntryType, ListSearch } from './list-search.ts';
import { isInView, type Moment, works } from './list-views.ts';

/** The texts to look for: as typed, and, where it may be a thumbprint as other tools write it (`9f:3a 01`), without what parts it. */
function needles(text: string): string[] {
  const typed = text.trim().toLowerCase();
  const bare = typed.replace(/[\s:-]/g, '');
  return bare !== typed && /^[0-9a-f]{4,}$/.test(bare) ? [typed, bare] : [typed];
}

/** The rows that a search lets through, in their order. */
export function filterRows(rows: readonly ListRow[], search: ListSearch, moment: Moment): readonly ListRow[] {
  const texts = needles(search.text);
  const clearances = new Set<string>(search.clearances);
  const database = search.database.toLowerCase();
  const tests: ((row: ListRow) => boolean)[] = [];
  if (search.view !== 'all') tests.push((row) => isInView(search.view, row, moment));
  if (texts[0] !== '') tests.push(({ searchText }) => texts.some((text) => searchText.includes(text)));
  if (clearances.size > 0) tests.push(({ entry }) => clearances.has(entry.clearance));
  if (search.twoFactor !== 'any') {
    const wanted = search.twoFactor === 'on';
    tests.push(({ entry }) => (entry.hasTwoFactor ?? false) === wanted);
  }
  if (search.types.length > 0) {
    const wanted = new Set<string>(search.types);
    tests.push(({ entry }) => wanted.has(typeOf(entry)));
  }
  if (database !== '')
    tests.push(({ entry }) => {
      const access = reach(entry, database);
      return access !== null && (search.access === null || compareAccess(access, search.access) >= 0);
    });
  return tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
}

const types: Readonly<Record<ListRow['entry']['kind'], EntryType>> = {
  client: 'client',
  server: 'server',
  node: 'server',
  ssoServer: 'sso-server',
  ssoUser: 'sso-user',
};

export const typeOf = ({ kind }: ListRow['entry']): EntryType => types[kind];

/** The access an entry gives to a database; SSO servers open nothing themselves. */
export const reach = (entry: ListRow['entry'], database: string) =>
  entry.kind === 'ssoServer' ? null : accessTo(entry, database);

/** How many of these rows let somebody into a database now, by the access they have. */
export function countAccess(rows: readonly ListRow[], database: string, now: number): Record<DatabaseAccess, number> {
  const counts = { Read: 0, ReadWrite: 0, Admin: 0 };
  for (const row of rows) {
    const access = reach(row.entry, database);
    if (access !== null && access !== 'Unknown' && works(row, now)) counts[access] += 1;
  }
  return counts;
}
