import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { clearanceLabels } from '../../domain/clearance.ts';
import { namesText } from '../../domain/name-text.ts';

/**
 * What disabling or enabling brings with it, one sentence each.
 * @param siblings names of other enabled certificates with the same key (contract §4.4)
 * @param members other certificates of its collection
 */
export function switchConsequences(
  entry: CertificateEntry,
  { disable, siblings, members }: { disable: boolean; siblings: readonly string[]; members: number },
): string[] {
  const said = disable
    ? [
        'Clients that connect with it from now on are refused. Its settings are kept: you can enable it again.',
        'Connections that are open now go on until they close.',
      ]
    : [
        `Clients that connect with it get in again, with the clearance ${clearanceLabels[entry.clearance]} and the databases it had.`,
      ];
  if (disable && siblings.length > 0)
    said.push(
      `${namesText(siblings)} ${siblings.length === 1 ? 'has' : 'have'} the same key: RavenDB may still let its holder in by ${siblings.length === 1 ? 'that one' : 'those'}.`,
    );
  if (members > 0)
    said.push(
      `All ${members + 1} certificates of this collection are ${disable ? 'disabled' : 'enabled'}. A RavenDB server then keeps them apart: each becomes an entry of its own.`,
    );
  return said;
}
