import { type DatabaseAccess, databaseAccessLevels } from '../../api/types.ts';
import type { BulkAction } from '../../domain/bulk.ts';
import { numberText } from '../../domain/time-text.ts';

export type BulkKind = BulkAction['kind'];

/** What the address asks for. */
export interface BulkRequest {
  readonly kind: BulkKind;
  /** Empty until one is chosen; for giving and taking access only. */
  readonly database: string;
  readonly access: DatabaseAccess;
}

const kinds = ['enable', 'disable', 'delete', 'grant', 'revoke'] as const satisfies readonly BulkKind[];
const longest = 128;

/** Reads the URL's query (`?do=grant&database=db7&access=Read`); null when it asks for nothing that there is. */
export function readBulkRequest(query: string): BulkRequest | null {
  const params = new URLSearchParams(query);
  const kind = kinds.find((one) => one === params.get('do'));
  if (kind === undefined) return null;
  return {
    kind,
    database: (params.get('database') ?? '').trim().slice(0, longest),
    access: databaseAccessLevels.find((access) => access === params.get('access')) ?? 'ReadWrite',
  };
}

/** The path of a request; see {@link readBulkRequest}. */
export function bulkPath({ kind, database, access }: BulkRequest): string {
  const params = new URLSearchParams({ do: kind });
  if (database !== '') params.set('database', database);
  if (kind === 'grant' && access !== 'ReadWrite') params.set('access', access);
  return `/bulk?${params.toString()}`;
}

/** What is to be done; null while the database isn't chosen. */
export function bulkAction({ kind, database, access }: BulkRequest): BulkAction | null {
  if (kind !== 'grant' && kind !== 'revoke') return { kind };
  if (database === '') return null;
  return kind === 'grant' ? { kind, database, access } : { kind, database };
}

const certificates = (count: number): string => `${numberText(count)} ${count === 1 ? 'certificate' : 'certificates'}`;

/** `Disable 5 certificates`: a title, and the button that does it. */
export function bulkTitle(kind: BulkKind, count: number): string {
  const what = certificates(count);
  return {
    enable: `Enable ${what}`,
    disable: `Disable ${what}`,
    delete: `Delete ${what}`,
    grant: `Give ${what} access`,
    revoke: `Take access from ${what}`,
  }[kind];
}

/** `4 will be disabled`. */
export function willText(kind: BulkKind, count: number): string {
  const what = {
    enable: 'be enabled',
    disable: 'be disabled',
    delete: 'be deleted',
    grant: 'get access',
    revoke: 'lose access',
  };
  return `${numberText(count)} will ${what[kind]}`;
}

/** `4 certificates are disabled`. */
export function doneText(action: BulkAction, count: number): string {
  const are = `${certificates(count)} ${count === 1 ? 'is' : 'are'}`;
  switch (action.kind) {
    case 'enable':
      return `${are} enabled`;
    case 'disable':
      return `${are} disabled`;
    case 'delete':
      return `${are} deleted`;
    case 'grant':
      return `${certificates(count)} can reach ${action.database}`;
    case 'revoke':
      return `${certificates(count)} can’t reach ${action.database} any more`;
  }
}

/** `3 are disabled already`. */
export function alreadyText(kind: BulkKind, count: number): string {
  const are = `${numberText(count)} ${count === 1 ? 'is' : 'are'}`;
  const have = `${numberText(count)} ${count === 1 ? 'has' : 'have'}`;
  return {
    enable: `${are} enabled already`,
    disable: `${are} disabled already`,
    delete: `${are} deleted already`,
    grant: `${have} this access already`,
    revoke: `${have} no such access`,
  }[kind];
}
