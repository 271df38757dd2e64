import { databasesProblem } from '../../domain/rights.ts';
import { expiryEnd } from './expiry.ts';
import type { GenerateForm } from './generate-form.ts';

/** Bytes of UTF-8. RavenDB sets no limit, but the files in the zip carry the name, and file systems end at 255 bytes. */
export const maxNameBytes = 240;

/** What is wrong with each field, in one sentence; a field that is right is absent. */
export type GenerateProblems = Partial<Record<'name' | 'clearance' | 'grants' | 'expiry' | 'codeCheck', string>>;

export interface GenerateLimits {
  /** Milliseconds UTC. */
  readonly now: number;
  /** Whether the licence has read-only certificates; null while that isn't known: then the server decides. */
  readonly readOnlyLicence: boolean | null;
  /** Whether the viewer may issue cluster admins. */
  readonly clusterAdmin: boolean;
}

export function nameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'Enter a name: what or who will use this certificate.';
  const bytes = new TextEncoder().encode(name.trim()).length;
  if (bytes > maxNameBytes) return `This name has ${bytes} bytes; the files named after it can have ${maxNameBytes}.`;
  return undefined;
}

/** Everything that RavenDB would refuse (contract §7.2, §7.8), and a second factor that nobody has tried yet. */
export function validateGenerate(form: GenerateForm, limits: GenerateLimits): GenerateProblems {
  const end = expiryEnd(form.expiry, limits.now);
  const problems = {
    name: nameProblem(form.name),
    clearance:
      form.clearance === 'ClusterAdmin' && !limits.clusterAdmin
        ? 'Only a cluster admin may issue a certificate with the clearance Cluster admin.'
        : undefined,
    grants: databasesProblem(form, limits.readOnlyLicence),
    expiry: typeof end === 'string' ? end : undefined,
    codeCheck:
      form.twoFactor && form.codeCheck === 'open' ? 'Enter the code that the app shows, or skip the check.' : undefined,
  };
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined));
}
