import type { Certificate, CertificateList } from '../api/types.ts';

/**
 * What an entry is, by what may be done with it:
 * `server` the loaded server certificate (or the one for communication), `node` another node of the cluster, `ssoServer`, `ssoUser`,
 * `client` all the rest.
 */
export type EntryKind = 'server' | 'node' | 'ssoServer' | 'ssoUser' | 'client';

/** One line of the list: a certificate, or a collection under its primary. */
export interface CertificateEntry extends Certificate {
  readonly kind: EntryKind;
  /** The primary's thumbprint first, then those of its collection. */
  readonly thumbprints: readonly string[];
  /** A member of a collection whose primary is gone: RavenDB refuses to delete it until it is uploaded anew (contract §7.3). */
  readonly orphan: boolean;
}

type Loaded = Pick<CertificateList, 'loadedServerThumbprint' | 'loadedServerThumbprintForCommunication'>;

export function entryKind(certificate: Certificate, loaded: Loaded): EntryKind {
  if (
    certificate.thumbprint === loaded.loadedServerThumbprint ||
    certificate.thumbprint === loaded.loadedServerThumbprintForCommunication
  )
    return 'server';
  if (certificate.usage === 'SsoServer') return 'ssoServer';
  if (certificate.usage === 'SsoClient') return 'ssoUser';
  return certificate.clearance === 'ClusterNode' ? 'node' : 'client';
}

/** Groups collections: each secondary goes under its primary, and stands alone where that is missing. Keeps the order. */
export function toEntries(list: Pick<CertificateList, 'certificates'> & Loaded): CertificateEntry[] {
  const primaries = new Set<string>();
  for (const certificate of list.certificates)
    if (certificate.primaryThumbprint === null) primaries.add(certificate.thumbprint);
  const entries: CertificateEntry[] = [];
  for (const certificate of list.certificates) {
    const { primaryThumbprint } = certificate;
    if (primaryThumbprint !== null && primaries.has(primaryThumbprint)) continue;
    entries.push(toEntry(certificate, list));
  }
  return entries;
}

export const toEntry = (certificate: Certificate, loaded: Loaded): CertificateEntry => ({
  ...certificate,
  kind: entryKind(certificate, loaded),
  thumbprints: [certificate.thumbprint, ...certificate.secondaryThumbprints],
  orphan: certificate.primaryThumbprint !== null,
});
