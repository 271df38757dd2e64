import { RavenError } from '../../api/errors.ts';
import { readOnlyProblem } from '../../domain/rights.ts';
import type { GenerateProblems } from './validate-generate.ts';

/**
 * The field that a refusal of RavenDB is about, with what it says; null when it is about none. Older and newer servers may refuse more
 * than is checked here, so their words are read (measured on 7.2.7: contract §7.2, §7.8).
 */
export function refusedField(error: unknown): GenerateProblems | null {
  if (!(error instanceof RavenError)) return null;
  const { status, type, message } = error;
  if (status === 402) return { grants: message || readOnlyProblem };
  if (!type.endsWith('ArgumentException')) return null;
  if (message.startsWith('Name is a required')) return { name: message };
  if (message.includes('Error in permissions')) return { grants: message.replace(/^.*definition:\s*/, '') };
  if (message.includes('expiration date')) return { expiry: message };
  return null;
}
