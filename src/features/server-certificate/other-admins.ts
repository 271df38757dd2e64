import type { CertificateList } from '../../api/types.ts';
import { certificateState } from '../../domain/certificate-state.ts';

/** Names of the registered cluster admins that RavenDB lets in at `now`, the server's own certificate aside. */
export const otherAdmins = (list: CertificateList, served: string | null, now: number): string[] =>
  list.certificates
    .filter(
      (certificate) =>
        certificate.clearance === 'ClusterAdmin' &&
        certificate.thumbprint !== served &&
        certificate.primaryThumbprint === null &&
        ['valid', 'expiring'].includes(certificateState(certificate, now, 0)),
    )
    .map(({ name }) => name);
