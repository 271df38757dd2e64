import { lacks } from '../../domain/capabilities.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { clearanceLabels, reachesAllDatabases } from '../../domain/clearance.ts';
import { accessLabels } from '../../domain/database-access.ts';
import { namesText } from '../../domain/name-text.ts';
import { identityText } from '../../domain/sso.ts';
import { agoText, dateText } from '../../domain/time-text.ts';

/** Users that are named one by one; the rest is counted. */
const namedUsers = 5;

/** Databases that are named one by one; the rest is counted. */
const namedDatabases = 6;

function reach(entry: CertificateEntry): string {
  if (reachesAllDatabases(entry.clearance)) return `${clearanceLabels[entry.clearance]}, with every database.`;
  const { permissions } = entry;
  if (permissions.length === 0) return `${clearanceLabels[entry.clearance]}, without any database.`;
  const some = permissions
    .slice(0, namedDatabases)
    .map(({ database, access }) => `${database} (${accessLabels[access].toLowerCase()})`);
  const more = permissions.length - some.length;
  return `${clearanceLabels[entry.clearance]}, with ${some.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}.`;
}

export interface DeleteConsequence {
  readonly text: string;
  /** Whether it is more than what a deletion always means. */
  readonly grave: boolean;
}

/**
 * What is lost with a certificate and what isn't, one sentence each.
 * @param used milliseconds UTC of its last use, or why there is no such moment
 * @param siblings names of other certificates in force with the same key: RavenDB lets its holder in by those (contract §4.4)
 * @param stranded names of single sign-on users whom nobody else vouches for
 * @param now milliseconds UTC
 */
export function deleteConsequences(
  entry: CertificateEntry,
  {
    used,
    siblings,
    stranded,
    now,
  }: {
    used: number | 'never' | 'unknown' | 'unrecorded' | undefined;
    siblings: readonly string[];
    stranded?: readonly string[] | undefined;
    now: number;
  },
): DeleteConsequence[] {
  const others = entry.thumbprints.length - 1;
  const expired = entry.notAfter !== null && entry.notAfter < now;
  const said: DeleteConsequence[] = [];
  if (entry.kind !== 'ssoServer') said.push({ text: `Lost: ${reach(entry)}`, grave: false });
  else if (stranded === undefined || stranded.length === 0)
    said.push({ text: 'It vouches for nobody whom no other server vouches for.', grave: false });
  else
    said.push({
      text: `${namesText(stranded, namedUsers)} can’t sign in any more: no other registered server vouches for ${stranded.length === 1 ? 'this user' : 'these users'}.`,
      grave: true,
    });
  if (entry.kind === 'ssoUser')
    said.push({
      text: `Nobody signs in any more as ${entry.ssoIdentifiers.map(identityText).join(', ')}.`,
      grave: true,
    });
  if (typeof used === 'number') {
    const recent = now - used < 7 * 86_400_000;
    said.push({
      text: `Last used ${agoText(used, now)} (${dateText(used)}).`,
      grave: recent && !expired && !entry.disabled,
    });
  } else if (used === 'never') said.push({ text: 'Not used since the server started.', grave: false });
  else if (used === 'unknown')
    said.push({ text: 'Whether it is in use isn’t known: not every node answered.', grave: true });
  else if (used === 'unrecorded')
    said.push({ text: `Whether it is in use isn’t known. ${lacks.lastUse}`, grave: !expired && !entry.disabled });
  if (entry.hasTwoFactor === true) said.push({ text: 'Its authentication key goes with it.', grave: false });
  if (others > 0)
    said.push({
      text: `The ${String(others)} other certificate${others === 1 ? '' : 's'} of its collection ${others === 1 ? 'is' : 'are'} deleted too.`,
      grave: true,
    });
  if (siblings.length > 0)
    said.push({
      text: `${namesText(siblings)} ${siblings.length === 1 ? 'has' : 'have'} the same key: its holder is still let in by ${siblings.length === 1 ? 'that one' : 'those'}.`,
      grave: true,
    });
  said.push({ text: 'Connections that are open now go on until they close. This can’t be undone.', grave: false });
  return said;
}
