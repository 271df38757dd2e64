import type { Certificate, CertificateList } from '../../api/types.ts';
import { type CertificateEntry, toEntries } from '../../domain/certificate-entry.ts';

/** One line of the list, with what searching and sorting by name look at made once. */
export interface ListRow {
  readonly entry: CertificateEntry;
  /** Lower-case name, thumbprints of the whole collection and SSO identifiers. */
  readonly searchText: string;
  readonly nameKey: string;
}

interface Texts {
  readonly searchText: string;
  readonly nameKey: string;
}

// By the certificate as it was parsed: pages that are loaded already keep theirs when the next one comes.
const textsOf = new WeakMap<Certificate, Texts>();

/** Names in the order of people: without case and accents, numbers by their value. Compared as strings, since a collator takes ten times as long. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(12, '0'));

/** Makes the texts of one certificate, or finds them. */
export function prepare(certificate: Certificate): Texts {
  let texts = textsOf.get(certificate);
  if (texts === undefined) {
    const { name, thumbprint, secondaryThumbprints, ssoIdentifiers } = certificate;
    const identifiers = ssoIdentifiers.map(
      ({ provider, domain, identifier }) => `${provider} ${domain ?? ''} ${identifier}`,
    );
    texts = {
      searchText: [name, thumbprint, ...secondaryThumbprints, ...identifiers].join('\n').toLowerCase(),
      nameKey: nameKey(name),
    };
    textsOf.set(certificate, texts);
  }
  return texts;
}

/** The list's lines in the order of their names: later sorts are stable and need no second key. */
export function toRows(list: CertificateList): ListRow[] {
  const byThumbprint = new Map(list.certificates.map((certificate) => [certificate.thumbprint, certificate]));
  const rows = toEntries(list).map((entry): ListRow => {
    const certificate = byThumbprint.get(entry.thumbprint);
    return { entry, ...(certificate === undefined ? prepare(entry) : prepare(certificate)) };
  });
  return rows.sort((a, b) => (a.nameKey < b.nameKey ? -1 : a.nameKey > b.nameKey ? 1 : 0));
}
