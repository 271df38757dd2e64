import { CertificateFileError } from './certificate-file-error.ts';

/**
 * Key derivation iterations that reading one file may cost in all. The file states them, so without a limit a file of a
 * hundred bytes keeps a core busy for hours. .NET's Pkcs12LoaderLimits has the same total.
 */
export const MAX_DERIVATION_ITERATIONS = 1_000_000;

export interface WorkBudget {
  iterationsLeft: number;
}

export function newBudget(): WorkBudget {
  return { iterationsLeft: MAX_DERIVATION_ITERATIONS };
}

/**
 * Takes `iterations` off the budget before the work starts.
 * @throws CertificateFileError 'too-expensive' when the budget doesn't reach, also for counts below 1
 */
export function spend(budget: WorkBudget, iterations: number): void {
  if (iterations < 1 || iterations > budget.iterationsLeft)
    throw new CertificateFileError(
      'too-expensive',
      `The file asks for more than ${MAX_DERIVATION_ITERATIONS.toLocaleString('en')} rounds of key derivation. Export it again with a lower iteration count.`,
    );
  budget.iterationsLeft -= iterations;
}
