import { needsReadOnlyLicence } from '../../domain/database-access.ts';
import { databaseNameProblem } from '../../domain/database-name.ts';
import { reachesAllDatabases } from '../../domain/clearance.ts';
import { readOnlyProblem } from '../../domain/rights.ts';
import type { CertificateSettings, SettingsDraft } from '../../domain/certificate-settings.ts';
import type { CodeCheck } from '../../ui/authenticator-key.tsx';

/** What is wrong with each field, in one sentence; a field that is right is absent. */
export type EditProblems = Partial<Record<'name' | 'clearance' | 'databases' | 'codeCheck', string>>;

export interface EditLimits {
  /** Whether the licence has read-only certificates; null while that isn't known: then the server decides. */
  readonly readOnlyLicence: boolean | null;
  readonly clusterAdmin: boolean;
  /** Whether this is the last certificate in force with the clearance Cluster admin. */
  readonly lastAdmin: boolean;
  readonly codeCheck: CodeCheck;
}

function clearanceProblem(base: CertificateSettings, { clearance, disabled }: SettingsDraft, limits: EditLimits) {
  if (clearance === 'Unknown') return 'Choose a clearance: this console doesn’t know the present one.';
  if (clearance === 'ClusterAdmin' && base.clearance !== clearance && !limits.clusterAdmin)
    return 'Only a cluster admin may give the clearance Cluster admin.';
  if (limits.lastAdmin && (clearance !== 'ClusterAdmin' || disabled))
    return 'This is the last certificate with the clearance Cluster admin. Issue another one first.';
  return undefined;
}

function databasesProblem({ clearance, permissions }: SettingsDraft, { readOnlyLicence }: EditLimits) {
  const unknown = permissions.find(({ access }) => access === 'Unknown');
  if (unknown !== undefined)
    return `Choose the access to “${unknown.database}”, or remove it: this console doesn’t know the present one.`;
  // The licence is asked about stored permissions too, whether they have an effect or not (contract §7.8).
  if (readOnlyLicence === false && needsReadOnlyLicence(permissions))
    return reachesAllDatabases(clearance)
      ? 'The server’s licence has no read-only certificates: remove the databases kept for the clearance User.'
      : readOnlyProblem;
  return permissions.map(({ database }) => databaseNameProblem(database)).find((problem) => problem !== null);
}

/** What RavenDB would refuse (contract §7.4, §7.8), an unchecked authentication key, and the end of the last cluster admin. */
export function editProblems(base: CertificateSettings, draft: SettingsDraft, limits: EditLimits): EditProblems {
  const problems = {
    name: draft.name.trim() === '' ? 'Enter a name: what or who uses this certificate.' : undefined,
    clearance: clearanceProblem(base, draft, limits),
    databases: databasesProblem(draft, limits),
    codeCheck:
      draft.twoFactor === 'replace' && limits.codeCheck === 'open'
        ? 'Enter the code that the app shows, or skip the check.'
        : undefined,
  };
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem != null));
}
