import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isClusterAdmin } from '../../domain/clearance.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery, whoAmIQuery } from '../../queries/certificates.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CancelReplacement } from './cancel-replacement.tsx';
import { exportedQuery } from './exported-query.ts';
import { NodeCertificates } from './node-certificates.tsx';
import { Renewal } from './renewal.tsx';
import { ReplacementProgress } from './replacement-progress.tsx';
import css from './server-certificate.module.css';
import { ServerFacts } from './server-facts.tsx';
import { SingleSignOn } from './single-sign-on.tsx';
import { useReplacement } from './use-replacement.ts';
import { WellKnown } from './well-known.tsx';

/** The server's own certificate, those of its nodes, who its configuration lets in, and what can be done about them. */
export function ServerPage() {
  const { data: me } = useQuery(whoAmIQuery(useApi()));
  const admin = me == null || isClusterAdmin(me.clearance);
  const { phase, thumbprint, immediately } = useReplacement(null, me != null && admin);
  const [cancelling, setCancelling] = useState<string | null>(null);
  const pending = phase.phase === 'confirming' || phase.phase === 'replacing';
  return (
    <div className={css.page}>
      <PageHeader
        title="Server certificates"
        actions={
          <>
            <LinkButton to="/server/export" icon="download">
              Export
            </LinkButton>
            {admin ? (
              <LinkButton to="/server/replace" icon="refresh">
                Replace
              </LinkButton>
            ) : (
              <Button icon="refresh" disabledReason="Only a cluster admin may replace the server certificate.">
                Replace
              </Button>
            )}
          </>
        }
      >
        What this server shows to its clients and to other servers.
      </PageHeader>
      {pending && thumbprint !== null ? (
        <ReplacementProgress
          phase={phase}
          thumbprint={thumbprint}
          immediately={immediately}
          onCancel={() => setCancelling(thumbprint)}
        />
      ) : null}
      {cancelling === null ? null : <CancelReplacement thumbprint={cancelling} onClose={() => setCancelling(null)} />}
      <div className={css.columns}>
        <div className={css.main}>
          <OwnCertificate admin={admin} />
          <NodeCertificates pending={pending ? thumbprint : null} />
        </div>
        <div className={css.main}>
          {admin ? <Renewal /> : null}
          <WellKnown />
          <SingleSignOn />
        </div>
      </div>
    </div>
  );
}

function OwnCertificate({ admin }: { admin: boolean }) {
  const api = useApi();
  const { data: list, error: listError } = useQuery(certificatesQuery(api));
  const { data: exported, error: exportError, refetch } = useQuery(exportedQuery(api));
  const [now] = useState(Date.now);
  const error = exportError ?? listError;
  const served = list?.loadedServerThumbprint;
  const certificate = exported?.certificates.find(({ thumbprint }) => thumbprint === served);
  return (
    <Card className={css.card} aria-label="This server’s certificate">
      <h2>This server</h2>
      {certificate !== undefined ? (
        <ServerFacts certificate={certificate} now={now} />
      ) : error !== null ? (
        <FailureNotice error={error} onRetry={() => void refetch()} />
      ) : exported !== undefined && list !== undefined ? (
        <Notice tone="warn" title="The export doesn’t hold the certificate that is served.">
          {admin ? 'It may just have been replaced.' : ''} Load the page again.
        </Notice>
      ) : (
        <>
          <Skeleton width="70%" />
          <Skeleton width="50%" />
          <Skeleton width="60%" />
        </>
      )}
    </Card>
  );
}
