import type { Certificate, DatabaseAccess } from '../../api/types.ts';
import { offeredClearances, reachesAllDatabases } from '../../domain/clearance.ts';
import { needsReadOnlyLicence } from '../../domain/database-access.ts';
import { databaseNameProblem } from '../../domain/database-name.ts';

export type OfferedClearance = (typeof offeredClearances)[number];

/** One row of the databases. */
export interface Grant {
  readonly item: string;
  readonly level: DatabaseAccess;
}

/** The settings as a person sees them; the authentication key stays with the part that shows it. */
export interface UploadForm {
  readonly name: string;
  readonly clearance: OfferedClearance;
  /** Kept while another clearance is chosen. */
  readonly grants: readonly Grant[];
  readonly twoFactor: boolean;
  /** How far the code of the authenticator app was checked. */
  readonly codeCheck: 'open' | 'passed' | 'skipped';
}

export const emptyForm: UploadForm = {
  name: '',
  clearance: 'ValidUser',
  grants: [],
  twoFactor: false,
  codeCheck: 'open',
};

/** Settings of a registered entry, so that uploading it again changes nothing unasked. Its second factor can't be carried over. */
export const formOf = (entry: Certificate): UploadForm => ({
  ...emptyForm,
  name: entry.name,
  clearance: offeredClearances.find((clearance) => clearance === entry.clearance) ?? 'ValidUser',
  grants: entry.permissions.flatMap(({ database, access }) =>
    access === 'Unknown' ? [] : [{ item: database, level: access }],
  ),
});

/** A name to begin with: what the certificate is called, or its file. */
export const suggestedName = (commonName: string | null, fileName: string): string =>
  commonName?.trim() || fileName.replace(/\.[^.]{1,5}$/, '').trim();

export type UploadProblems = Partial<Record<'name' | 'clearance' | 'grants' | 'codeCheck', string>>;

export interface UploadLimits {
  /** Null while it isn't known: then the server decides. */
  readonly readOnlyLicence: boolean | null;
  readonly clusterAdmin: boolean;
}

export const readOnlyProblem =
  'The server’s licence has no read-only certificates: open at least one database further than Read.';

export const permissionsOf = ({ clearance, grants }: UploadForm) =>
  reachesAllDatabases(clearance) ? [] : grants.map(({ item, level }) => ({ database: item, access: level }));

function grantsProblem(form: UploadForm, { readOnlyLicence }: UploadLimits): string | undefined {
  const permissions = permissionsOf(form);
  for (const { database } of permissions) {
    const problem = databaseNameProblem(database);
    if (problem !== null) return problem;
  }
  return readOnlyLicence === false && needsReadOnlyLicence(permissions) ? readOnlyProblem : undefined;
}

/** Everything that RavenDB would refuse of the settings (contract §7.8), and a second factor that nobody has tried yet. */
export function validateUpload(form: UploadForm, limits: UploadLimits): UploadProblems {
  const problems = {
    name: form.name.trim() === '' ? 'Enter a name: what or who uses this certificate.' : undefined,
    clearance:
      form.clearance === 'ClusterAdmin' && !limits.clusterAdmin
        ? 'Only a cluster admin may register a certificate with the clearance Cluster admin.'
        : undefined,
    grants: grantsProblem(form, limits),
    codeCheck:
      form.twoFactor && form.codeCheck === 'open'
        ? 'Enter the code that the app shows, or skip the check on purpose.'
        : undefined,
  };
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined));
}
