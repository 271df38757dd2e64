import type { Certificate } from '../../api/types.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import type { SettingsDraft } from '../../domain/certificate-settings.ts';
import { clearanceLabels, isClusterAdmin, reachesAllDatabases } from '../../domain/clearance.ts';
import { accessTo, compareAccess } from '../../domain/database-access.ts';
import { namesText } from '../../domain/name-text.ts';

/** Something that follows from saving and can't be seen in the fields. */
export interface Consequence {
  readonly grave: boolean;
  readonly text: string;
}

const rank = (clearance: Certificate['clearance']): number =>
  isClusterAdmin(clearance) ? 2 : clearance === 'Operator' ? 1 : 0;

/** Whether the draft gives one of these certificates a higher clearance than it has. */
export const raises = (members: readonly Pick<Certificate, 'clearance'>[], { clearance }: SettingsDraft): boolean =>
  members.some((member) => rank(clearance) > rank(member.clearance));

/** Whether the draft lets the certificate do less than it may now. */
export function narrows(entry: CertificateEntry, draft: SettingsDraft): boolean {
  if (draft.disabled && !entry.disabled) return true;
  if (draft.twoFactor === 'replace' && entry.hasTwoFactor !== true) return true;
  if (rank(draft.clearance) < rank(entry.clearance)) return true;
  return entry.permissions.some(({ database, access }) => {
    if (reachesAllDatabases(entry.clearance)) return false;
    const next = accessTo(draft, database);
    return next === null || compareAccess(next, access) < 0;
  });
}

/**
 * What saving brings with it.
 * @param own whether this console uses the certificate
 * @param siblings names of other enabled certificates with the same key: RavenDB lets a disabled one in by them (contract §4.4)
 */
export function consequences(
  entry: CertificateEntry,
  draft: SettingsDraft,
  { own, siblings }: { own: boolean; siblings: readonly string[] },
): Consequence[] {
  const found: Consequence[] = [];
  const say = (text: string, grave = false) => found.push({ grave, text });
  const lowered = rank(draft.clearance) < rank(entry.clearance);
  if (own && lowered)
    say(
      `This console uses this certificate: with the clearance ${clearanceLabels[draft.clearance]} ${
        rank(draft.clearance) === 0
          ? 'you can’t manage certificates any more'
          : 'you can’t change cluster admins or the server any more'
      }, nor take this back.`,
      true,
    );
  if (own && draft.twoFactor === 'replace')
    say('This console uses this certificate: it will ask you for a code of the new key.', true);
  if (draft.disabled && !entry.disabled) {
    say('Clients that connect with it are refused.');
    if (siblings.length > 0)
      say(
        `${namesText(siblings)} ${siblings.length === 1 ? 'has' : 'have'} the same key: RavenDB may still let its holder in by ${siblings.length === 1 ? 'that one' : 'those'}. Disable ${siblings.length === 1 ? 'it' : 'them'} too.`,
        true,
      );
  }
  if (draft.twoFactor === 'remove' && entry.hasTwoFactor !== false)
    say('Whoever has its key gets in without a code, from now on.', true);
  if (draft.twoFactor === 'replace' && entry.hasTwoFactor === true)
    say('Codes of the present key stop working. A session that is open now goes on until its end.');
  if (rank(draft.clearance) > rank(entry.clearance))
    say(
      draft.clearance === 'Operator'
        ? 'It opens every database, and may issue certificates below cluster admin.'
        : 'It opens every database, and may change everything on this cluster.',
    );
  if (narrows(entry, draft)) say('Connections that are open now keep what they had until they close.');
  return found;
}
