import { type EditCertificate, editCertificate } from '../api/certificates.ts';
import type { RavenApi } from '../api/client.ts';
import type { Certificate } from '../api/types.ts';
import {
  type CertificateSettings,
  type SettingsChange,
  type SettingsDraft,
  settingsChanges,
  settingsOf,
} from '../domain/certificate-settings.ts';
import { type Editable, readEditable, readMembers } from './editable.ts';

/** What became of a save. */
export type SaveOutcome =
  | {
      readonly kind: 'saved';
      readonly current: Editable;
      /** Members of a collection that the server doesn't keep together any more; they have the new settings. */
      readonly apart: readonly Certificate[];
      /** What the server has otherwise than we sent: somebody saved at the same moment, or it ignores what it was sent. */
      readonly otherwise: readonly SettingsChange[];
    }
  /** Somebody else changed it since it was read; nothing was written. */
  | { readonly kind: 'changed'; readonly current: Editable }
  | { readonly kind: 'deleted' }
  /** Some certificates of the collection have the new settings, `left` haven't. */
  | {
      readonly kind: 'unfinished';
      readonly current: Editable;
      readonly left: readonly Certificate[];
      readonly error: unknown;
    };

/** The draft, and the authentication key that goes with `twoFactor: 'replace'`. */
export interface Wanted {
  readonly draft: SettingsDraft;
  readonly authenticationKey: string | null;
}

/**
 * @throws RangeError for what has no name on the wire (an unknown clearance or access level has to be replaced first), and for a new key
 * that isn't there
 */
function request(of: Certificate, { draft, authenticationKey }: Wanted): EditCertificate {
  if (draft.clearance === 'Unknown' || draft.permissions.some(({ access }) => access === 'Unknown'))
    throw new RangeError('A clearance or access level that this console doesn’t know can’t be saved.');
  if (draft.twoFactor === 'replace' && authenticationKey === null)
    throw new RangeError('The new authentication key is missing.');
  return {
    thumbprint: of.thumbprint,
    name: draft.name,
    clearance: draft.clearance,
    permissions: draft.permissions,
    // Left out it stays as it is, even when somebody else changes it right now.
    ...(draft.disabled === of.disabled || draft.disabled === null ? {} : { disabled: draft.disabled }),
    ...(draft.twoFactor === 'replace' && authenticationKey !== null ? { authenticationKey } : {}),
    ...(draft.twoFactor === 'remove' ? { removeTwoFactor: true } : {}),
    ...(of.usage === 'SsoClient' ? { allowAnySsoServer: of.allowAnySsoServer } : {}),
  };
}

function expected(from: CertificateSettings, { twoFactor, ...draft }: SettingsDraft): CertificateSettings {
  return { ...draft, hasTwoFactor: twoFactor === 'keep' ? from.hasTwoFactor : twoFactor === 'replace' };
}

/** A change of the second factor that the server says nothing about: versions without one take a key and ignore it. */
const unprovenFactor = ({ twoFactor }: SettingsDraft, { entry }: Editable): SettingsChange[] =>
  twoFactor === 'keep' || entry.hasTwoFactor !== null
    ? []
    : [{ key: 'twoFactor', what: 'Second factor', from: 'asked', to: 'not known: it may get in without a code' }];

/** Edits what isn't yet as wanted, one after the other; after a failure the rest is `left`. */
async function saveMembers(
  api: RavenApi,
  todo: readonly Certificate[],
  wanted: Wanted,
): Promise<{ left: readonly Certificate[]; error: unknown }> {
  for (const [index, member] of todo.entries()) {
    try {
      await editCertificate(api, request(member, wanted));
    } catch (error) {
      return { left: todo.slice(index), error };
    }
  }
  return { left: [], error: undefined };
}

async function finish(
  api: RavenApi,
  before: Editable,
  todo: readonly Certificate[],
  wanted: Wanted,
): Promise<SaveOutcome> {
  const { left, error } = await saveMembers(api, todo, wanted);
  const current = await readEditable(api, before.entry.thumbprint);
  if (current === null) return { kind: 'deleted' };
  if (left.length > 0) return { kind: 'unfinished', current, left, error };
  const together = new Set(current.entry.secondaryThumbprints);
  return {
    kind: 'saved',
    current,
    apart: before.members.filter(({ thumbprint }) => !together.has(thumbprint)),
    otherwise: [
      ...settingsChanges(expected(settingsOf(before.entry), wanted.draft), settingsOf(current.entry)),
      ...unprovenFactor(wanted.draft, current),
    ],
  };
}

/**
 * Writes the wanted settings over `before`, which must just have been read. RavenDB's edit changes one certificate of a collection
 * and cuts its links (contract §7.4): the others follow one by one, which gives each the same settings and leaves none that can't
 * be deleted. A server that keeps collections together and has changed them already is left in peace.
 * @throws RavenError when nothing was written
 */
export async function writeEdit(api: RavenApi, before: Editable, wanted: Wanted): Promise<SaveOutcome> {
  await editCertificate(api, request(before.entry, wanted));
  if (before.members.length === 0) return finish(api, before, [], wanted);
  const [after, members] = await Promise.all([
    readEditable(api, before.entry.thumbprint),
    readMembers(
      api,
      before.members.map(({ thumbprint }) => thumbprint),
      [before.entry.name, wanted.draft.name, ...before.members.map(({ name }) => name)],
    ),
  ]);
  const together = new Set(after?.entry.secondaryThumbprints);
  const had = (member: Certificate) => before.members.find(({ thumbprint }) => thumbprint === member.thumbprint);
  const todo = members.filter(
    (member) =>
      !together.has(member.thumbprint) ||
      // Whether one key took another's place isn't seen.
      (wanted.draft.twoFactor === 'replace' && had(member)?.hasTwoFactor !== false) ||
      settingsChanges(settingsOf(member), expected(settingsOf(member), wanted.draft)).length > 0,
  );
  return finish(api, before, todo, wanted);
}

/** Goes on after `unfinished`. */
export const finishEdit = (api: RavenApi, before: Editable, left: readonly Certificate[], wanted: Wanted) =>
  finish(api, before, left, wanted);

/**
 * Saves unless somebody else changed the certificate since `base` was read: RavenDB has no version check, the last write wins.
 * @throws RavenError when nothing was written
 */
export async function saveEdit(api: RavenApi, base: Editable, wanted: Wanted): Promise<SaveOutcome> {
  const current = await readEditable(api, base.entry.thumbprint);
  if (current === null) return { kind: 'deleted' };
  if (settingsChanges(settingsOf(base.entry), settingsOf(current.entry)).length > 0)
    return { kind: 'changed', current };
  return writeEdit(api, current, wanted);
}
