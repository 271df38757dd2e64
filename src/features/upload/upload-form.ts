import type { Certificate } from '../../api/types.ts';
import { databasesProblem, type Rights, rightsOf } from '../../domain/rights.ts';
import type { CodeCheck } from '../../ui/authenticator-key.tsx';

/** The settings as a person sees them; the authentication key stays with the part that shows it. */
export interface UploadForm extends Rights {
  readonly name: string;
  readonly twoFactor: boolean;
  readonly codeCheck: CodeCheck;
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
  ...rightsOf(entry),
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

/** Everything that RavenDB would refuse of the settings (contract §7.8), and a second factor that nobody has tried yet. */
export function validateUpload(form: UploadForm, limits: UploadLimits): UploadProblems {
  const problems = {
    name: form.name.trim() === '' ? 'Enter a name: what or who uses this certificate.' : undefined,
    clearance:
      form.clearance === 'ClusterAdmin' && !limits.clusterAdmin
        ? 'Only a cluster admin may register a certificate with the clearance Cluster admin.'
        : undefined,
    grants: databasesProblem(form, limits.readOnlyLicence),
    codeCheck:
      form.twoFactor && form.codeCheck === 'open'
        ? 'Enter the code that the app shows, or skip the check on purpose.'
        : undefined,
  };
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined));
}
