import { getServerFacts } from '../../api/capabilities.ts';
import { getCertificates } from '../../api/certificates.ts';
import type { RavenApi } from '../../api/client.ts';
import { getExpiringThreshold } from '../../api/server.ts';
import type { CertificateList } from '../../api/types.ts';
import { whoAmI } from '../../api/certificates.ts';
import type { Viewer } from '../../domain/allowed-actions.ts';
import { type Capabilities, capabilitiesOf } from '../../domain/capabilities.ts';
import { type CertificateEntry, toEntries } from '../../domain/certificate-entry.ts';
import { defaultExpiringThreshold } from '../../domain/certificate-state.ts';
import { CommandError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../printable.ts';

/** What is registered, and what it takes to judge it. */
export interface Registered {
  readonly list: CertificateList;
  readonly entries: readonly CertificateEntry[];
  /** Days before its end from which a certificate counts as expiring. */
  readonly threshold: number;
  readonly viewer: Viewer | null;
  readonly capabilities: Capabilities;
}

/** What the server can do: the one place of the command line that asks. */
export const readCapabilities = async (api: RavenApi): Promise<Capabilities> =>
  capabilitiesOf(await getServerFacts(api));

export async function readRegistered(api: RavenApi): Promise<Registered> {
  // The list first: when it is refused, that is what has to be said.
  const list = await getCertificates(api);
  const [capabilities, viewer] = await Promise.all([readCapabilities(api), whoAmI(api)]);
  const threshold = capabilities.expiringThreshold ? await getExpiringThreshold(api) : defaultExpiringThreshold;
  return { list, entries: toEntries(list), threshold, viewer, capabilities };
}

/** Enough digits that nobody types them by chance. */
const shortestPrefix = 6;

const firstHit = (...searches: (readonly CertificateEntry[])[]): readonly CertificateEntry[] =>
  searches.find((found) => found.length > 0) ?? [];

/**
 * The one entry that `text` names: a thumbprint (any case; colons, blanks and the `…` of a table don’t matter; also of a member of a collection), a name, a
 * name in other case, or the first digits of a thumbprint; the first of these that fits anything decides.
 * @throws CommandError when none fits (4), or several (2) with the candidates
 */
export function selectEntry(entries: readonly CertificateEntry[], text: string): CertificateEntry {
  const digits = text.replace(/[\s:…]/g, '').toUpperCase();
  const isPrefix = /^[0-9A-F]+$/.test(digits) && digits.length >= shortestPrefix;
  const found = firstHit(
    entries.filter(({ thumbprints }) => thumbprints.some((each) => each.toUpperCase() === digits)),
    entries.filter(({ name }) => name === text),
    entries.filter(({ name }) => name.toLowerCase() === text.toLowerCase()),
    isPrefix
      ? entries.filter(({ thumbprints }) => thumbprints.some((each) => each.toUpperCase().startsWith(digits)))
      : [],
  );
  const [only] = found;
  if (only === undefined)
    throw new CommandError(
      `No certificate is registered as “${text}”.`,
      'Look it up with “raven-certificates list --search TEXT”.',
      exitCodes.notFound,
    );
  if (found.length > 1) {
    const names = found.map(({ name, thumbprint }) => `${thumbprint} (${printable(name)})`).join(', ');
    throw new CommandError(
      `“${text}” fits ${String(found.length)} certificates: ${names}.`,
      'Name the one you mean by its thumbprint.',
      exitCodes.usage,
      { candidates: found.map(({ name, thumbprint }) => ({ name, thumbprint })) },
    );
  }
  return only;
}

/** Whether another cluster admin would be left that can still get in. */
export const hasOtherAdmin = (
  entries: readonly CertificateEntry[],
  except: readonly CertificateEntry[],
  now: number,
): boolean =>
  entries.some(
    (entry) =>
      entry.kind === 'client' &&
      entry.clearance === 'ClusterAdmin' &&
      !entry.disabled &&
      (entry.notAfter === null || entry.notAfter >= now) &&
      !except.includes(entry),
  );
