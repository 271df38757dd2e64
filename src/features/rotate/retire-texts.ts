import { lacks } from '../../domain/capabilities.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { namesText } from '../../domain/name-text.ts';
import { agoText, dateText } from '../../domain/time-text.ts';

/** Milliseconds UTC, or why there is no such moment; undefined while that is asked. */
export type LastUsed = number | 'never' | 'unknown' | 'unrecorded' | undefined;

interface RetireFacts {
  /** Of the old one. */
  readonly used: LastUsed;
  /** Names of other certificates in force with the same key (contract §4.4). */
  readonly siblings: readonly string[];
  /** Milliseconds UTC. */
  readonly now: number;
}

/** When the old one was used last, for whoever is about to take it away. */
function usedText(used: LastUsed, now: number): string | null {
  if (used === undefined) return null;
  if (used === 'never') return 'The old one wasn’t used since the server started.';
  if (used === 'unrecorded') return `Whether the old one is still used isn’t known. ${lacks.lastUse}`;
  if (used === 'unknown') return 'Whether the old one is still used isn’t known: not every node answered.';
  const ago = agoText(used, now);
  return `The old one was last used ${ago === 'now' ? 'just now' : ago} (${dateText(used)}).`;
}

const sameKey = (siblings: readonly string[]): string =>
  `${namesText(siblings)} ${siblings.length === 1 ? 'has' : 'have'} the same key as the old one: RavenDB may still let its holder in by ${siblings.length === 1 ? 'that one' : 'those'}.`;

/** What follows when the old one is disabled, one sentence each. */
export function disableTexts({ used, siblings, now }: RetireFacts): string[] {
  return [
    'Whoever still connects with the old one is refused; connections that are open now go on until they close. You can enable it again.',
    usedText(used, now),
    siblings.length > 0 ? sameKey(siblings) : null,
  ].filter((text) => text !== null);
}

/**
 * What follows when the old one is deleted, one sentence each.
 * @param alone whether no step that disables it stands before this one, and says some of it
 */
export function deleteTexts(old: CertificateEntry, { used, siblings, now }: RetireFacts, alone: boolean): string[] {
  const others = old.thumbprints.length - 1;
  return [
    'Its name and rights live on in the new one. This can’t be undone.',
    alone && !old.disabled ? 'Connections that are open now go on until they close.' : null,
    alone ? usedText(used, now) : null,
    old.hasTwoFactor === true ? 'Its authentication key goes with it.' : null,
    others > 0
      ? `The ${String(others)} other certificate${others === 1 ? '' : 's'} of its collection ${others === 1 ? 'is' : 'are'} deleted too.`
      : null,
    alone && siblings.length > 0 ? sameKey(siblings) : null,
  ].filter((text) => text !== null);
}
