import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CertificateRows } from './certificate-rows.tsx';
import { ConnectThere } from './connect-there.tsx';
import { ConnectHere } from './connect-here.tsx';
import { exportedQuery } from './exported-query.ts';
import { saveFile } from '../../ui/save-file.ts';
import css from './server-certificate.module.css';

/** The servers' certificates as a file for another cluster, and the guided way to let the two talk. */
export function ExportPage() {
  const { data: exported, error, refetch } = useQuery(exportedQuery(useApi()));
  const [direction, setDirection] = useState<'there' | 'here'>('there');
  const [saved, setSaved] = useState(false);
  const save = () => {
    if (exported === undefined) return;
    saveFile(exported.file);
    setSaved(true);
  };
  return (
    <div className={css.page}>
      <PageHeader title="Export the server certificates" back={{ to: '/server', label: 'Server' }}>
        The public part of this cluster’s server certificates, for another cluster to know it by.
      </PageHeader>
      <Card className={css.card} aria-label="This cluster’s certificates">
        <div className={css.head}>
          <h2>This cluster’s server certificates</h2>
          <Button
            variant="primary"
            icon="download"
            disabledReason={
              exported === undefined
                ? 'Asking the server for them…'
                : exported.certificates.length === 0
                  ? 'This server has no certificate.'
                  : undefined
            }
            onClick={save}
          >
            Download .pfx
          </Button>
        </div>
        {error !== null ? (
          <FailureNotice error={error} onRetry={() => void refetch()} />
        ) : exported === undefined ? (
          <Skeleton width="60%" />
        ) : (
          <>
            <CertificateRows certificates={exported.certificates} label="Certificates in the export" />
            <p className={css.text}>
              {exported.file.fileName}: no private key is in it, and no passphrase is needed to open it.
            </p>
          </>
        )}
      </Card>
      <Card className={css.card} aria-label="Let two clusters talk">
        <h2>Let two clusters talk</h2>
        <p className={css.text}>
          A cluster that replicates or sends ETL to another one connects to it as a client, and shows its own server
          certificate. The other cluster lets it in when that certificate is registered there, with access to the
          database.
        </p>
        <RadioCards
          legend="Which cluster connects?"
          options={[
            { value: 'there', label: 'This cluster connects', description: 'It sends to another one' },
            { value: 'here', label: 'Another cluster connects', description: 'It sends to this one' },
          ]}
          value={direction}
          onChange={setDirection}
        />
        {exported === undefined ? null : direction === 'there' ? (
          <ConnectThere certificates={exported.certificates} saved={saved} onSave={save} />
        ) : (
          <ConnectHere own={exported.certificates} />
        )}
      </Card>
    </div>
  );
}
