import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { atMost } from '../../pki/file-limits.ts';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery } from '../../queries/certificates.ts';
import { Button } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import { LockedFileField } from '../../ui/locked-file-field.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Notice } from '../../ui/notice.tsx';
import { useLockedFile } from '../../ui/use-locked-file.ts';
import { CertificateRows } from './certificate-rows.tsx';
import { handOver, judgeOtherCluster } from './other-cluster.ts';
import { readPublicFile } from './read-server-file.ts';
import css from './server-certificate.module.css';
import { Step } from './step.tsx';

/** Another cluster connects to this one: its export is checked, and handed to the upload view. */
export function ConnectHere({ own }: { own: readonly CertificateFacts[] }) {
  const { data: list } = useQuery(certificatesQuery(useApi()));
  const { navigate } = useNavigation();
  const file = useLockedFile(readPublicFile, { atMost });
  const [now] = useState(Date.now);
  const { state } = file;
  const judged =
    state.step === 'read' && list !== undefined
      ? judgeOtherCluster(state.content, new Set(own.map(({ thumbprint }) => thumbprint)), list, now)
      : null;
  const good = judged !== null && judged.problem === undefined;
  const registeredAs = judged?.registeredAs;
  return (
    <ol className={css.steps}>
      <Step number={1} title="Export in the other cluster’s console" done={good}>
        <p className={css.text}>
          There, go to Server, Export, and download the .pfx. RavenDB’s Studio saves the same file.
        </p>
      </Step>
      <Step number={2} title="Check the file" done={good}>
        {judged === null || state.step !== 'read' ? (
          <LockedFileField
            file={file}
            label="Choose the other cluster’s export, or drop it here"
            hint="ServerCertificatesCollection.pfx. It is read in this browser."
            accept=".pfx,.p12,.cer,.crt,.pem"
          />
        ) : (
          <>
            <CertificateRows certificates={judged.certificates} label="Certificates of the other cluster" />
            {judged.problem === undefined ? null : <Notice tone="error" title={judged.problem} />}
            {judged.warnings.map((warning) => (
              <Notice key={warning} tone="warn" title={warning} />
            ))}
            <div>
              <Button onClick={file.clear}>Choose another</Button>
            </div>
          </>
        )}
      </Step>
      <Step number={3} title="Register them here" done={registeredAs !== undefined}>
        {registeredAs !== undefined ? (
          <p className={css.text}>
            They are registered as{' '}
            <Link to={`/certificates/${registeredAs.thumbprint}`}>
              {registeredAs.name || 'an entry without a name'}
            </Link>
            . Its details show which databases they reach.
          </p>
        ) : (
          <>
            <p className={css.text}>
              With the clearance User and access to the database that receives: “Read and write” is enough for
              replication and ETL.
            </p>
            <div>
              <Button
                variant="primary"
                disabledReason={good ? undefined : 'Check the other cluster’s file first.'}
                onClick={() => {
                  if (good) navigate('/upload', { state: handOver(judged.certificates) });
                }}
              >
                Choose their access…
              </Button>
            </div>
          </>
        )}
      </Step>
    </ol>
  );
}
