import type { Certificate, DatabasePermission } from '../api/types.ts';
import { clearanceLabels } from './clearance.ts';
import { accessLabels, permissionChanges } from './database-access.ts';

/** What an edit can change of a certificate, as the server has it. */
export type CertificateSettings = Pick<Certificate, 'name' | 'clearance' | 'permissions' | 'disabled' | 'hasTwoFactor'>;

export const settingsOf = ({
  name,
  clearance,
  permissions,
  disabled,
  hasTwoFactor,
}: CertificateSettings): CertificateSettings => ({ name, clearance, permissions, disabled, hasTwoFactor });

/** What becomes of the authentication key: it stays (none stays none), a new one takes its place, or it goes. */
export type TwoFactorChange = 'keep' | 'replace' | 'remove';

/** The settings as a person wants them. */
export interface SettingsDraft extends Pick<CertificateSettings, 'name' | 'clearance' | 'permissions' | 'disabled'> {
  readonly twoFactor: TwoFactorChange;
}

export const draftOf = ({ name, clearance, permissions, disabled }: CertificateSettings): SettingsDraft => ({
  name,
  clearance,
  permissions,
  disabled,
  twoFactor: 'keep',
});

/** One field of the settings; each database is one of its own, by its lower-case name. */
export type SettingsKey = 'name' | 'clearance' | 'twoFactor' | 'disabled' | `database:${string}`;

export interface SettingsChange {
  readonly key: SettingsKey;
  /** `Name`, `Clearance`, `Second factor`, `State`, or the database. */
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

const databaseKey = (database: string): SettingsKey => `database:${database.toLowerCase()}`;
const accessText = (access: DatabasePermission['access'] | null): string =>
  access === null ? 'no access' : accessLabels[access];
const stateText = (disabled: boolean | null): string => (disabled ? 'disabled' : 'enabled');
const twoFactorText = (has: boolean | null): string => (has === null ? 'unknown' : has ? 'asked' : 'not asked');

type Comparable = Pick<CertificateSettings, 'name' | 'clearance' | 'permissions' | 'disabled'>;

function plainChanges(from: Comparable, to: Comparable): SettingsChange[] {
  const changes: SettingsChange[] = [];
  if (from.name !== to.name) changes.push({ key: 'name', what: 'Name', from: from.name, to: to.name });
  if (from.clearance !== to.clearance)
    changes.push({
      key: 'clearance',
      what: 'Clearance',
      from: clearanceLabels[from.clearance],
      to: clearanceLabels[to.clearance],
    });
  for (const { database, from: before, to: after } of permissionChanges(from.permissions, to.permissions))
    changes.push({ key: databaseKey(database), what: database, from: accessText(before), to: accessText(after) });
  if (from.disabled !== to.disabled)
    changes.push({ key: 'disabled', what: 'State', from: stateText(from.disabled), to: stateText(to.disabled) });
  return changes;
}

/** What differs between two readings of a certificate. A new authentication key in the place of another can't be seen. */
export function settingsChanges(from: CertificateSettings, to: CertificateSettings): SettingsChange[] {
  const changes = plainChanges(from, to);
  if (from.hasTwoFactor !== null && to.hasTwoFactor !== null && from.hasTwoFactor !== to.hasTwoFactor)
    changes.push({
      key: 'twoFactor',
      what: 'Second factor',
      from: twoFactorText(from.hasTwoFactor),
      to: twoFactorText(to.hasTwoFactor),
    });
  return changes;
}

/** What saving this draft would change. */
export function draftChanges(from: CertificateSettings, draft: SettingsDraft): SettingsChange[] {
  const changes = plainChanges(from, draft);
  if (draft.twoFactor === 'replace')
    changes.push({
      key: 'twoFactor',
      what: 'Second factor',
      from: from.hasTwoFactor === true ? 'its present key' : twoFactorText(from.hasTwoFactor),
      to: from.hasTwoFactor === true ? 'a new key' : 'asked',
    });
  if (draft.twoFactor === 'remove' && from.hasTwoFactor !== false)
    changes.push({ key: 'twoFactor', what: 'Second factor', from: twoFactorText(from.hasTwoFactor), to: 'not asked' });
  return changes;
}

/** The draft with one field as another draft has it. */
export function copyField(draft: SettingsDraft, from: SettingsDraft, key: SettingsKey): SettingsDraft {
  if (key === 'name') return { ...draft, name: from.name };
  if (key === 'clearance') return { ...draft, clearance: from.clearance };
  if (key === 'disabled') return { ...draft, disabled: from.disabled };
  if (key === 'twoFactor') return { ...draft, twoFactor: from.twoFactor };
  const same = ({ database }: DatabasePermission): boolean => databaseKey(database) === key;
  const wanted = from.permissions.find(same);
  const at = draft.permissions.findIndex(same);
  if (wanted === undefined) return { ...draft, permissions: draft.permissions.filter((_, index) => index !== at) };
  return {
    ...draft,
    permissions: at < 0 ? [...draft.permissions, wanted] : draft.permissions.with(at, wanted),
  };
}

/** Something that somebody else changed while we were editing. */
export interface ForeignChange extends SettingsChange {
  /** What our draft says; null where we hadn't touched it: then theirs holds already. */
  readonly mine: string | null;
}

/**
 * Brings a draft up to date with what somebody else saved meanwhile (three-way): what we hadn't touched becomes theirs, what we had
 * stays ours. `foreign` names every change of theirs; the ones with `mine` are contradictions that a person has to settle.
 * @param base what the draft was started from
 */
export function mergeForeign(
  base: CertificateSettings,
  draft: SettingsDraft,
  theirs: CertificateSettings,
): { draft: SettingsDraft; foreign: ForeignChange[] } {
  const ours = new Map(draftChanges(base, draft).map((change) => [change.key, change]));
  const theirDraft = draftOf(theirs);
  let merged = draft;
  const foreign = settingsChanges(base, theirs).flatMap((change): ForeignChange[] => {
    const own = ours.get(change.key);
    // Both wanted the same: nothing to settle, nothing to change any more.
    const agreed = own?.to === change.to && !(change.key === 'twoFactor' && draft.twoFactor === 'replace');
    if (own === undefined || agreed) merged = copyField(merged, theirDraft, change.key);
    return [{ ...change, mine: own === undefined || agreed ? null : own.to }];
  });
  return { draft: merged, foreign };
}
