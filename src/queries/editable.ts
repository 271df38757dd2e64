import { queryOptions } from '@tanstack/react-query';
import { getCertificateMetadata, getCertificates } from '../api/certificates.ts';
import type { RavenApi } from '../api/client.ts';
import type { Certificate, CertificateList } from '../api/types.ts';
import { type CertificateEntry, toEntry } from '../domain/certificate-entry.ts';
import { certificatesKey } from './certificates.ts';

/** A certificate as an edit has to know it. */
export interface Editable {
  /** The primary, when the certificate belongs to a collection. */
  readonly entry: CertificateEntry;
  /** The other certificates of its collection. Each has settings of its own, as RavenDB edits one at a time (contract §7.4). */
  readonly members: readonly Certificate[];
}

const scanPage = 2_000;

/** Thumbprints are written in upper case, but addresses are typed. */
const same = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase();
const find = (list: CertificateList | null, thumbprint: string): Certificate | undefined =>
  list?.certificates.find((certificate) => same(certificate.thumbprint, thumbprint));

/** Looks through the whole list: for orphans of a collection and for the server's own certificate, which can't be asked for singly. */
async function scan(api: RavenApi, thumbprint: string, signal?: AbortSignal): Promise<CertificateList | null> {
  for (let start = 0; ; start += scanPage) {
    const page = await getCertificates(api, { start, pageSize: scanPage }, signal);
    if (find(page, thumbprint) !== undefined) return page;
    // The server's own stands on every page; a page may be short of a twin of it (contract §7.1).
    if (page.certificates.length < scanPage - 2) return null;
  }
}

/** The ones of these thumbprints that are registered under one of these names; only lists tell `hasTwoFactor`. */
export async function readMembers(
  api: RavenApi,
  thumbprints: readonly string[],
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Certificate[]> {
  const lists = await Promise.all([...new Set(names)].map((name) => getCertificates(api, { name }, signal)));
  return thumbprints.flatMap((thumbprint) => lists.map((list) => find(list, thumbprint)).find(Boolean) ?? []);
}

/**
 * Reads a certificate anew, by its own thumbprint or that of a member of its collection; null when it isn't registered. Two small
 * requests however long the list is, and neither holds a secret.
 */
export async function readEditable(api: RavenApi, thumbprint: string, signal?: AbortSignal): Promise<Editable | null> {
  let list = await getCertificateMetadata(api, thumbprint, signal);
  // By a member's thumbprint RavenDB may answer with the primary, even with one that has forgotten the member.
  const [answered] = list?.certificates ?? [];
  const known = [answered?.thumbprint ?? '', ...(answered?.secondaryThumbprints ?? [])];
  if (!known.some((other) => same(other, thumbprint))) list = await scan(api, thumbprint, signal);
  let certificate = find(list, thumbprint) ?? list?.certificates[0];
  if (list === null || certificate === undefined) return null;
  if (certificate.primaryThumbprint !== null) {
    const primary = find(
      await getCertificateMetadata(api, certificate.primaryThumbprint, signal),
      certificate.primaryThumbprint,
    );
    if (primary?.secondaryThumbprints.includes(certificate.thumbprint) === true) certificate = primary;
  }
  const own = certificate;
  const named = await readMembers(api, [own.thumbprint, ...own.secondaryThumbprints], [own.name], signal);
  const hasTwoFactor = named.find((other) => other.thumbprint === own.thumbprint)?.hasTwoFactor ?? null;
  return {
    entry: toEntry({ ...own, hasTwoFactor }, list),
    members: named.filter((other) => other.thumbprint !== own.thumbprint),
  };
}

/** A certificate to be edited: always read anew, and again when the window comes back. */
export const editableQuery = (api: RavenApi, thumbprint: string) =>
  queryOptions({
    queryKey: [...certificatesKey, 'editable', api.baseUrl, thumbprint],
    queryFn: ({ signal }) => readEditable(api, thumbprint, signal),
    staleTime: 0,
  });
