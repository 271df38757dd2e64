import { queryOptions } from '@tanstack/react-query';
import type { RavenApi } from '../../api/client.ts';
import type { DownloadedFile } from '../../api/certificates.ts';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import { serverCertificatesQuery } from '../../queries/server-certificate.ts';
import { readExport } from './read-server-file.ts';

export interface ExportedCertificates {
  readonly file: DownloadedFile;
  readonly certificates: readonly CertificateFacts[];
}

/** The servers' certificates, downloaded and read. */
export const exportedQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: [...serverCertificatesQuery(api).queryKey, 'read'],
    queryFn: async ({ client, signal }): Promise<ExportedCertificates> => {
      const file = await client.query(serverCertificatesQuery(api));
      return { file, certificates: await readExport(file.content, signal) };
    },
    structuralSharing: false,
    staleTime: 60_000,
  });
