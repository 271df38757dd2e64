import type { SortKey } from './list-search.ts';

export interface ListColumn {
  readonly id: string;
  readonly label: string;
  /** What its heading sorts by. */
  readonly sort?: SortKey;
  /** The direction that a first click gives: what one looks for on top. */
  readonly descendingFirst?: boolean;
  /** Its heading is for screen readers only. */
  readonly quiet?: boolean;
}

/** The columns in their order; with one database chosen, its column says who may do what there. */
export const listColumns = (database: string): readonly ListColumn[] => [
  { id: 'state', label: 'State', quiet: true },
  { id: 'name', label: 'Name', sort: 'name' },
  { id: 'clearance', label: 'Clearance', sort: 'clearance', descendingFirst: true },
  database === ''
    ? { id: 'databases', label: 'Databases' }
    : { id: 'databases', label: `Access to ${database}`, sort: 'access', descendingFirst: true },
  { id: 'valid-from', label: 'Valid from', sort: 'valid-from', descendingFirst: true },
  { id: 'expires', label: 'Expires', sort: 'expires' },
  { id: 'last-used', label: 'Last used', sort: 'last-used', descendingFirst: true },
  { id: 'thumbprint', label: 'Thumbprint' },
  { id: 'actions', label: 'Actions', quiet: true },
];
