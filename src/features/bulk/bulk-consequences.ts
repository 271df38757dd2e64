import type { BulkAction } from '../../domain/bulk.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { day } from '../../domain/certificate-state.ts';
import { type LastUse, lastUsed } from '../../domain/last-used.ts';
import { namesText } from '../../domain/name-text.ts';
import { numberText } from '../../domain/time-text.ts';
import { isOpenToVersionOne } from '../../domain/version-one.ts';

export interface BulkConsequence {
  readonly text: string;
  /** Whether it deserves a second look. */
  readonly grave: boolean;
}

/** Names that are said one by one; the rest is counted. */
const namedAtMost = 4;
/** Days since the last use during which something still depends on a certificate, most likely. */
const recently = 7;

const named = (entries: readonly CertificateEntry[]): string =>
  namesText(
    entries.map(({ name }) => name),
    namedAtMost,
  );

const worksAt = (now: number) => (entry: CertificateEntry) =>
  !entry.disabled && (entry.notAfter === null || entry.notAfter >= now);

function general({ kind }: BulkAction): string[] {
  const open = 'Connections that are open now go on until they close.';
  switch (kind) {
    case 'disable':
      return [
        `Clients that connect with them from now on are refused. Their settings are kept: you can enable them again. ${open}`,
      ];
    case 'enable':
      return ['Clients that connect with them get in again, with the clearance and the databases they had.'];
    case 'delete':
      return [`${open} This can’t be undone.`];
    case 'revoke':
      return [open];
    case 'grant':
      return [];
  }
}

/**
 * What a bulk action brings with it, the gravest first.
 * @param entries what will change @param staying all the others @param now milliseconds UTC
 */
export function bulkConsequences(
  entries: readonly CertificateEntry[],
  action: BulkAction,
  { staying, lastUse, now }: { staying: readonly CertificateEntry[]; lastUse: LastUse | undefined; now: number },
): BulkConsequence[] {
  const said: BulkConsequence[] = [];
  const grave = (text: string) => said.push({ text, grave: true });
  const plain = (text: string) => said.push({ text, grave: false });
  const works = worksAt(now);
  const shutsOut = action.kind === 'disable' || action.kind === 'delete';
  if (lastUse !== undefined && (shutsOut || action.kind === 'revoke')) {
    const uses = entries.filter(works).map((entry) => ({ entry, used: lastUsed(entry, lastUse) }));
    const used = uses.filter(({ used: at }) => typeof at === 'number' && now - at < recently * day);
    const unknown = uses.filter(({ used: at }) => at === 'unknown');
    if (used.length > 0) grave(`Used in the last ${String(recently)} days: ${named(used.map(({ entry }) => entry))}.`);
    if (unknown.length > 0)
      grave(`Whether ${numberText(unknown.length)} of them are in use isn’t known: not every node answered.`);
  }
  if (shutsOut) {
    const keys = new Set(
      entries
        .filter((entry) => !isOpenToVersionOne(entry))
        .map(({ pinningHash }) => pinningHash)
        .filter((hash) => hash !== ''),
    );
    const siblings = staying.filter((entry) => works(entry) && keys.has(entry.pinningHash));
    const versionOne = staying.filter((entry) => works(entry) && isOpenToVersionOne(entry));
    if (versionOne.length > 0 && entries.some(isOpenToVersionOne))
      grave(
        `${named(versionOne)} ${versionOne.length === 1 ? 'isn’t selected and is' : 'aren’t selected and are'} of X.509 version 1 too: RavenDB may still let the holders of that version in.`,
      );
    if (siblings.length > 0)
      grave(
        `${named(siblings)} ${siblings.length === 1 ? 'isn’t selected and has' : 'aren’t selected and have'} the key of one of them: RavenDB may still let its holder in.`,
      );
  }
  const sets = entries.filter(({ thumbprints }) => thumbprints.length > 1);
  if (sets.length > 0)
    grave(
      action.kind === 'delete'
        ? `${named(sets)}: collections, deleted with all their certificates.`
        : `${named(sets)}: collections. All their certificates are changed, and a RavenDB server then keeps them apart: each becomes an entry of its own.`,
    );
  if (action.kind === 'delete') {
    const keys = entries.filter(({ hasTwoFactor }) => hasTwoFactor === true).length;
    if (keys > 0) plain(`The authentication keys of ${numberText(keys)} of them go too.`);
  }
  for (const text of general(action)) plain(text);
  return said;
}
