import type { Certificate, DatabaseAccess, DatabasePermission } from '../api/types.ts';
import { type OfferedClearance, offeredClearances, reachesAllDatabases } from './clearance.ts';
import { needsReadOnlyLicence } from './database-access.ts';
import { databaseNameProblem } from './database-name.ts';

/** One row of the databases. */
export interface Grant {
  readonly item: string;
  readonly level: DatabaseAccess;
}

/** What a new certificate is to open, as a form has it. */
export interface Rights {
  readonly clearance: OfferedClearance;
  /** Kept while another clearance is chosen. */
  readonly grants: readonly Grant[];
}

/** The rights of a certificate, where a new one can have them: what this console has no name for is left out. */
export const rightsOf = ({ clearance, permissions }: Pick<Certificate, 'clearance' | 'permissions'>): Rights => ({
  clearance: offeredClearances.find((offered) => offered === clearance) ?? 'ValidUser',
  grants: permissions.flatMap(({ database, access }) =>
    access === 'Unknown' ? [] : [{ item: database, level: access }],
  ),
});

export const grantedPermissions = (grants: readonly Grant[]): DatabasePermission[] =>
  grants.map(({ item, level }) => ({ database: item, access: level }));

/** The permissions to send: those of users only, everybody else reaches all databases. */
export const permissionsOf = ({ clearance, grants }: Rights): DatabasePermission[] =>
  reachesAllDatabases(clearance) ? [] : grantedPermissions(grants);

export const readOnlyProblem =
  'The server’s licence has no read-only certificates: open at least one database further than Read.';

/**
 * What RavenDB would refuse of the databases (contract §7.8); undefined when nothing.
 * @param readOnlyLicence whether the licence has read-only certificates; null while that isn't known: then the server decides
 */
export function databasesProblem(rights: Rights, readOnlyLicence: boolean | null): string | undefined {
  const permissions = permissionsOf(rights);
  const problem = permissions.map(({ database }) => databaseNameProblem(database)).find((text) => text !== null);
  return problem ?? (readOnlyLicence === false && needsReadOnlyLicence(permissions) ? readOnlyProblem : undefined);
}
