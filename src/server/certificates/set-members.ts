import type { Transaction } from '../store/store.ts';
import type { CertificateTable } from './certificate-table.ts';
import { isAdminClearance, usage, type Definition } from './definition.ts';

/**
 * All certificates of the entry that one belongs to, the primary first; of one that stands alone it is that one. A link counts when both
 * sides know of it: a primary may still name one that has become an entry of its own, a secondary one that has forgotten it.
 */
export function membersOf(certificates: CertificateTable, of: Definition): readonly Definition[] {
  const primary = of.primary === '' ? of : certificates.get(of.primary)?.definition;
  if (primary?.primary !== '') return [of];
  const members = [primary];
  for (const thumbprint of primary.secondaries) {
    const secondary = certificates.get(thumbprint)?.definition;
    if (secondary?.primary.toUpperCase() === primary.thumbprint.toUpperCase()) members.push(secondary);
  }
  return members.includes(of) ? members : [of];
}

/** The links of one of these certificates, of which the first heads the others; one that stands alone has none. */
export function linksIn(
  members: readonly { readonly thumbprint: string }[],
  of: { readonly thumbprint: string },
): Pick<Definition, 'primary' | 'secondaries'> {
  const [primary = of, ...secondaries] = members;
  if (of.thumbprint !== primary.thumbprint) return { primary: primary.thumbprint, secondaries: [] };
  return { primary: '', secondaries: secondaries.map(({ thumbprint }) => thumbprint) };
}

/** Takes a certificate out of its entry; the others go on as one, headed by the first of them. */
export function leaveSet(certificates: CertificateTable, transaction: Transaction, leaving: Definition): void {
  const rest = membersOf(certificates, leaving).filter((member) => member !== leaving);
  for (const member of rest) certificates.put(transaction, { ...member, ...linksIn(rest, member) });
}

/** Is it one that only a cluster admin registers, and so only a cluster admin replaces? */
export function isAboveOperators({ clearance, usage: used }: Definition): boolean {
  return isAdminClearance(clearance) || used === usage.ssoServer;
}

/** Do both open the same, under the same conditions? */
export function sameRights(a: Definition, b: Definition): boolean {
  const rights = ({ clearance, permissions, disabled, twoFactorKey, usage: used }: Definition) => {
    const levels = permissions.map(([database, level]) => `${database.toLowerCase()} ${level}`).sort();
    return JSON.stringify([clearance, levels, disabled, twoFactorKey ?? null, used]);
  };
  return rights(a) === rights(b);
}
