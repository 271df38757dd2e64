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
  /**
   * A member of a collection whose primary is gone or has forgotten it, as RavenDB's primaries do when they are edited: RavenDB refuses to
   * delete it until it is edited or uploaded on its own (contract §7.3, §7.4).
   */
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

/** Groups collections: each secondary goes under its primary, and stands alone where none lists it. Keeps the order. */
export function toEntries(list: Pick<CertificateList, 'certificates'> & Loaded): CertificateEntry[] {
  const listed = new Set<string>();
  for (const certificate of list.certificates)
    for (const secondary of certificate.secondaryThumbprints) listed.add(`${certificate.thumbprint} ${secondary}`);
  const entries: CertificateEntry[] = [];
  for (const certificate of list.certificates) {
    const { primaryThumbprint } = certificate;
    if (primaryThumbprint !== null && listed.has(`${primaryThumbprint} ${certificate.thumbprint}`)) continue;
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
