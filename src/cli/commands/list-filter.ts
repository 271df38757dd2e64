import type { securityClearances } from '../../api/types.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { certificateState, type CertificateState } from '../../domain/certificate-state.ts';
import { accessTo } from '../../domain/database-access.ts';

export const certificateStates = [
  'valid',
  'expiring',
  'expired',
  'notYetValid',
  'disabled',
  'unreadable',
] as const satisfies readonly CertificateState[];
export const sortKeys = ['name', 'expires', 'clearance', 'state'] as const;
type SortKey = (typeof sortKeys)[number];

export interface ListFilter {
  readonly state?: readonly CertificateState[];
  readonly clearance?: readonly (typeof securityClearances)[number][];
  readonly database?: string;
  readonly search?: string;
  readonly sort?: { readonly key: SortKey; readonly descending: boolean };
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Every word has to be in the name or the thumbprint. */
function fits({ name, thumbprints }: CertificateEntry, words: readonly string[]): boolean {
  const text = [folded(name), ...thumbprints.map((thumbprint) => thumbprint.toLowerCase())].join('\n');
  return words.every((word) => text.includes(word) || text.includes(word.replaceAll(':', '')));
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const order = (state: CertificateState): number => certificateStates.indexOf(state);

/** The entries that fit, sorted by name unless the filter says otherwise; those without an end come last by `expires`. */
export function filterEntries(
  entries: readonly CertificateEntry[],
  { state, clearance, database, search = '', sort }: ListFilter,
  threshold: number,
  now: number,
): CertificateEntry[] {
  const words = folded(search).split(/\s+/).filter(Boolean);
  const stateOf = (entry: CertificateEntry) => certificateState(entry, now, threshold);
  const chosen = entries.filter(
    (entry) =>
      (state === undefined || state.includes(stateOf(entry))) &&
      (clearance === undefined || clearance.some((each) => each === entry.clearance)) &&
      (database === undefined || accessTo(entry, database) !== null) &&
      fits(entry, words),
  );
  const byName = (a: CertificateEntry, b: CertificateEntry) => names.compare(a.name, b.name);
  const compare: Readonly<Record<SortKey, (a: CertificateEntry, b: CertificateEntry) => number>> = {
    name: byName,
    expires: (a, b) => {
      const [one, other] = [a.notAfter ?? Infinity, b.notAfter ?? Infinity];
      return one === other ? 0 : one - other;
    },
    clearance: (a, b) => rank(b) - rank(a),
    state: (a, b) => order(stateOf(a)) - order(stateOf(b)),
  };
  const by = compare[sort?.key ?? 'name'];
  const direction = sort?.descending === true ? -1 : 1;
  return chosen.sort((a, b) => direction * by(a, b) || byName(a, b));
}

const strength = ['UnauthenticatedClients', 'ValidUser', 'Operator', 'ClusterAdmin', 'ClusterNode'];
const rank = ({ clearance }: CertificateEntry): number => strength.indexOf(clearance);
