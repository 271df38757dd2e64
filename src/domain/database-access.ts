import type { Certificate, DatabaseAccess, DatabasePermission } from '../api/types.ts';
import { reachesAllDatabases } from './clearance.ts';

export const accessLabels: Readonly<Record<DatabasePermission['access'], string>> = {
  Read: 'Read',
  ReadWrite: 'Read and write',
  Admin: 'Admin',
  Unknown: 'Unknown',
};

const rank: Readonly<Record<DatabasePermission['access'], number>> = { Unknown: 0, Read: 1, ReadWrite: 2, Admin: 3 };

/** Below zero when `a` opens less than `b`. */
export const compareAccess = (a: DatabasePermission['access'], b: DatabasePermission['access']): number =>
  rank[a] - rank[b];

/**
 * How far a certificate opens one database, whatever its state is; null: not at all. RavenDB compares database names without case
 * (contract §3.5), and gives an operator or admin every database.
 */
export function accessTo(
  certificate: Pick<Certificate, 'clearance' | 'permissions'>,
  database: string,
): DatabasePermission['access'] | null {
  if (reachesAllDatabases(certificate.clearance)) return 'Admin';
  const wanted = database.toLowerCase();
  return certificate.permissions.find((permission) => permission.database.toLowerCase() === wanted)?.access ?? null;
}

/**
 * Whether these permissions need a licence with read-only certificates: RavenDB refuses (402) a map that holds nothing but `Read`,
 * for every clearance (contract §7.8).
 */
export const needsReadOnlyLicence = (permissions: readonly DatabasePermission[]): boolean =>
  permissions.length > 0 && permissions.every(({ access }) => access === 'Read');

export interface PermissionChange {
  readonly database: string;
  /** Null: no access. */
  readonly from: DatabasePermission['access'] | null;
  readonly to: DatabaseAccess | 'Unknown' | null;
}

/** What differs between two sets of permissions, sorted by database; names are compared without case. */
export function permissionChanges(
  from: readonly DatabasePermission[],
  to: readonly DatabasePermission[],
): PermissionChange[] {
  const before = new Map(from.map((permission) => [permission.database.toLowerCase(), permission]));
  const after = new Map(to.map((permission) => [permission.database.toLowerCase(), permission]));
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key) => {
    const [old, next] = [before.get(key), after.get(key)];
    const change = {
      database: next?.database ?? old?.database ?? key,
      from: old?.access ?? null,
      to: next?.access ?? null,
    };
    return change.from === change.to ? [] : [change];
  });
}
