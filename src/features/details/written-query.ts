import { queryOptions } from '@tanstack/react-query';
import { getCertificatesWithContent } from '../../api/certificates.ts';
import type { RavenApi } from '../../api/client.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import { certificatesKey } from '../../queries/certificates.ts';

/** What is written in one of an entry's certificates, or why that can't be read. */
export type Written = CertificateFacts | { readonly thumbprint: string; readonly problem: string };

/**
 * What is written in an entry's certificates, its own first, then those of its collection that the server still has. They are asked for
 * by name, since RavenDB answers a secondary's thumbprint with its primary (contract §7.1).
 */
export const writtenQuery = (api: RavenApi, { name, thumbprints }: Pick<CertificateEntry, 'name' | 'thumbprints'>) =>
  queryOptions({
    queryKey: [...certificatesKey, 'written', api.baseUrl, name, thumbprints],
    queryFn: async ({ signal }): Promise<Written[]> => {
      const [{ certificates }, { parseCertificate }, { fromBase64 }, { CertificateFileError }] = await Promise.all([
        getCertificatesWithContent(api, name, signal),
        import('../../pki/parse-certificate.ts'),
        import('../../pki/bytes.ts'),
        import('../../pki/certificate-file-error.ts'),
      ]);
      const read = async (thumbprint: string, der: string): Promise<Written> => {
        try {
          return await parseCertificate(fromBase64(der));
        } catch (error) {
          // One that can't be read hides no other of the collection.
          if (!(error instanceof CertificateFileError)) throw error;
          return { thumbprint, problem: error.message };
        }
      };
      const content = new Map(certificates.map(({ thumbprint, certificateDer }) => [thumbprint, certificateDer]));
      return Promise.all(
        thumbprints.flatMap((thumbprint) => {
          const der = content.get(thumbprint) ?? null;
          return der === null ? [] : [read(thumbprint, der)];
        }),
      );
    },
    // Bytes have no structure to share.
    structuralSharing: false,
  });
