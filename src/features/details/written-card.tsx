import { useQuery } from '@tanstack/react-query';
import { safeFileName } from '../../api/safe-file-name.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { certificateTitle } from '../../domain/describe-certificate.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import { useApi } from '../../queries/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { writtenQuery } from './written-query.ts';
import css from './details.module.css';
import { WrittenFacts } from './written-facts.tsx';

async function save(name: string, certificates: readonly CertificateFacts[]): Promise<void> {
  const { toPem } = await import('../../pki/pem.ts');
  const pem = certificates.map(({ der }) => `${toPem('CERTIFICATE', der)}\n`).join('');
  saveFile({
    fileName: `${safeFileName(name) || 'certificate'}.crt`,
    content: new Blob([pem], { type: 'application/x-x509-user-cert' }),
  });
}

/** What is written in the certificate, and in each other of its collection; with the public part as a file. */
export function WrittenCard({ entry }: { entry: CertificateEntry }) {
  const api = useApi();
  const { data, error, refetch } = useQuery(writtenQuery(api, entry));
  const [primary, ...others] = data ?? [];
  return (
    <Card className={css.stack} aria-labelledby="details-written">
      <div className={css.head}>
        <h2 id="details-written">{others.length > 0 ? 'The certificates' : 'The certificate'}</h2>
        {data === undefined || data.length === 0 ? null : (
          <Button size="small" icon="download" onClick={() => void save(entry.name, data)}>
            Download as PEM
          </Button>
        )}
      </div>
      {error !== null ? (
        <FailureNotice error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <>
          <Skeleton width="70%" />
          <Skeleton />
          <Skeleton width="85%" />
          <Skeleton width="60%" />
        </>
      ) : primary === undefined ? (
        <p className={css.faint}>The server keeps no certificate for this entry.</p>
      ) : (
        <>
          <WrittenFacts certificate={primary} />
          {others.map((member) => (
            <section key={member.thumbprint} className={css.member} aria-label={certificateTitle(member)}>
              <h3>{certificateTitle(member)}</h3>
              <WrittenFacts certificate={member} />
            </section>
          ))}
        </>
      )}
    </Card>
  );
}
