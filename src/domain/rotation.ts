import type { Certificate } from '../api/types.ts';
import type { CertificateEntry } from './certificate-entry.ts';
import { certificateState } from './certificate-state.ts';
import { type SettingsChange, settingsChanges, settingsOf } from './certificate-settings.ts';
import { clearanceLabels, offeredClearances, reachesAllDatabases } from './clearance.ts';
import { accessLabels } from './database-access.ts';

type Rights = Pick<Certificate, 'clearance' | 'permissions'>;

/** What keeps a certificate's rights from being given to a new one, in one sentence; null when nothing does. */
export function rightsProblem({ clearance, permissions }: Rights): string | null {
  if (!offeredClearances.some((offered) => offered === clearance))
    return `A certificate with the clearance ${clearanceLabels[clearance]} can’t be issued. Choose another one for the new certificate.`;
  return permissions.some(({ access }) => access === 'Unknown')
    ? 'It has an access level that this console doesn’t know. Choose another one for the new certificate.'
    : null;
}

/** Clearance and databases in a few words. */
export function rightsText({ clearance, permissions }: Rights): string {
  const label = clearanceLabels[clearance];
  if (reachesAllDatabases(clearance)) return `${label}, with every database`;
  if (permissions.length === 0) return `${label}, without any database`;
  const named = permissions
    .slice(0, 6)
    .map(({ database, access }) => `${database} (${accessLabels[access].toLowerCase()})`);
  const more = permissions.length - named.length;
  return `${label}, with ${named.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

/** In what the rights of the new one aren't those of the old; names and whether they are disabled don't matter. */
export const rightsChanges = (old: Certificate, next: Certificate): SettingsChange[] =>
  settingsChanges(settingsOf(old), settingsOf(next)).filter(({ key }) => key !== 'name' && key !== 'disabled');

/**
 * Certificates in force that may have been issued in the place of an old one: its name and rights, and not begun before it. Newest first.
 * @param now milliseconds UTC
 */
export function successorsOf(old: CertificateEntry, certificates: readonly Certificate[], now: number): Certificate[] {
  const begins = ({ notBefore }: Certificate): number => notBefore ?? Number.NEGATIVE_INFINITY;
  return certificates
    .filter(
      (other) =>
        other.name === old.name &&
        !old.thumbprints.includes(other.thumbprint) &&
        other.primaryThumbprint === null &&
        (other.usage ?? 'Client') === 'Client' &&
        ['valid', 'expiring'].includes(certificateState(other, now, 0)) &&
        begins(other) >= begins(old) &&
        rightsChanges({ ...old, hasTwoFactor: null }, other).length === 0,
    )
    .sort((a, b) => begins(b) - begins(a) || (b.notAfter ?? 0) - (a.notAfter ?? 0));
}

/** The thumbprint in `?to=`; null when there is none, or something else stands there. */
export function successorIn(search: string): string | null {
  const to = new URLSearchParams(search).get('to')?.toUpperCase() ?? '';
  return /^[0-9A-F]{40}$/.test(to) ? to : null;
}
