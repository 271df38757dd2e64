import { useQuery } from '@tanstack/react-query';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { certificateQuery } from '../../queries/certificates.ts';
import { serverUrlQuery } from '../../queries/server.ts';
import { useCapabilities } from '../../queries/use-capabilities.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { InApplications } from './in-applications.tsx';
import { InBrowsers } from './in-browsers.tsx';
import css from './snippet.module.css';

/** How to use a certificate once its zip is there: import steps and snippets with the real address and names. */
export function UsePage({ thumbprint }: { thumbprint: string }) {
  const api = useApi();
  const certificate = useQuery(certificateQuery(api, thumbprint));
  const server = useQuery(serverUrlQuery(api));
  const encryptsKeyFile = useCapabilities()?.encryptsKeyFile;
  const back = { to: `/certificates/${thumbprint}`, label: certificate.data?.name ?? 'Certificate' };
  const error = certificate.error ?? server.error;
  if (error !== null)
    return (
      <div className={css.page}>
        <PageHeader title="Use this certificate" back={back} />
        <FailureNotice error={error} />
      </div>
    );
  if (certificate.data === null)
    return (
      <div className={css.page}>
        <PageHeader title="Use this certificate" back={{ to: '/', label: 'Certificates' }} />
        <Notice tone="warn" title="No certificate with this thumbprint is registered">
          It may have been deleted meanwhile. The list shows what is there.
        </Notice>
      </div>
    );
  return (
    <div className={css.page}>
      <PageHeader title="Use this certificate" back={back}>
        The files are in the zip that was downloaded when the certificate was made. The server keeps no copy of the
        private key.
      </PageHeader>
      {certificate.data === undefined || server.data === undefined ? (
        <Skeleton />
      ) : (
        <>
          <InApplications
            serverUrl={server.data}
            database={certificate.data.permissions[0]?.database ?? 'your-database'}
            name={certificate.data.name}
            encryptsKeyFile={encryptsKeyFile}
          />
          <InBrowsers name={certificate.data.name} />
        </>
      )}
    </div>
  );
}
