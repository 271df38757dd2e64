import { type DatabaseAccess, databaseAccessLevels, securityClearances } from '../../api/types.ts';
import type { SecurityClearance } from '../../api/types.ts';

/** The views: counts that are filters. */
export const listViews = ['all', 'valid', 'expiring', 'expired', 'disabled', 'admins-without-2fa', 'unused'] as const;
export type ListView = (typeof listViews)[number];

/** Entries by what they are: certificates of clients, of the cluster itself, and single sign-on. */
export const entryTypes = ['client', 'server', 'sso-server', 'sso-user'] as const;
export type EntryType = (typeof entryTypes)[number];

export const sortKeys = ['name', 'clearance', 'access', 'valid-from', 'expires', 'last-used'] as const;
export type SortKey = (typeof sortKeys)[number];

/** What the list shows: all of it lives in the URL. */
export interface ListSearch {
  readonly view: ListView;
  /** Part of a name or thumbprint. */
  readonly text: string;
  /** Any of these; empty: all. */
  readonly clearances: readonly SecurityClearance[];
  /** Who can reach this database; empty: no such filter. */
  readonly database: string;
  /** At least this access to `database`; null: any. */
  readonly access: DatabaseAccess | null;
  readonly twoFactor: 'any' | 'on' | 'off';
  /** Any of these; empty: all. */
  readonly types: readonly EntryType[];
  /** Null: as suits the filters, see {@link sortOf}. */
  readonly sort: { readonly key: SortKey; readonly descending: boolean } | null;
}

export const noFilters: ListSearch = {
  view: 'all',
  text: '',
  clearances: [],
  database: '',
  access: null,
  twoFactor: 'any',
  types: [],
  sort: null,
};

/** The order in force: what ends first on top, or who may do most when it is about one database. */
export const sortOf = ({ sort, database }: ListSearch): NonNullable<ListSearch['sort']> =>
  sort ?? (database === '' ? { key: 'expires', descending: false } : { key: 'access', descending: true });

/** Whether anything but the order differs from the whole list. */
export const isFiltered = (search: ListSearch): boolean =>
  search.view !== 'all' ||
  search.text.trim() !== '' ||
  search.clearances.length > 0 ||
  search.database !== '' ||
  search.twoFactor !== 'any' ||
  search.types.length > 0;

const oneOf = <Value extends string>(values: readonly Value[], text: string | null): Value | null =>
  values.find((value) => value === text) ?? null;

const longest = { text: 256, database: 128 };

/** Reads the URL's query; what it doesn't know or can't be (a database's access without the database) falls back to no filter. */
export function parseListSearch(query: string): ListSearch {
  const params = new URLSearchParams(query);
  const database = (params.get('database') ?? '').trim().slice(0, longest.database);
  const given = (params.get('clearance') ?? '').split(',');
  const types = (params.get('type') ?? '').split(',');
  const sort = params.get('sort') ?? '';
  const key = oneOf(sortKeys, sort.replace(/^-/, ''));
  return {
    view: oneOf(listViews, params.get('view')) ?? 'all',
    text: (params.get('q') ?? '').slice(0, longest.text),
    clearances: securityClearances.filter((clearance) => given.includes(clearance)),
    database,
    access: database === '' ? null : oneOf(databaseAccessLevels, params.get('access')),
    twoFactor: oneOf(['on', 'off'] as const, params.get('two-factor')) ?? 'any',
    types: entryTypes.filter((type) => types.includes(type)),
    sort: key === null || (key === 'access' && database === '') ? null : { key, descending: sort.startsWith('-') },
  };
}

/** Writes the URL's query: `?…`, or nothing for the whole list. What isn't filtered isn't named. */
export function listSearchText(search: ListSearch): string {
  const params = new URLSearchParams();
  if (search.view !== 'all') params.set('view', search.view);
  if (search.text !== '') params.set('q', search.text);
  if (search.clearances.length > 0) params.set('clearance', search.clearances.join(','));
  if (search.database !== '') params.set('database', search.database);
  if (search.access !== null) params.set('access', search.access);
  if (search.twoFactor !== 'any') params.set('two-factor', search.twoFactor);
  if (search.types.length > 0) params.set('type', search.types.join(','));
  if (search.sort !== null) params.set('sort', `${search.sort.descending ? '-' : ''}${search.sort.key}`);
  const text = params.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** The thumbprint of a certificate that was just registered (`?new=`), for the list to show once; null without one. */
export const newThumbprint = (query: string): string | null => new URLSearchParams(query).get('new') || null;
