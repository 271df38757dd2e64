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
import { type Written, writtenQuery } from './written-query.ts';
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
  const readable = (data ?? []).flatMap((one) => ('problem' in one ? [] : [one]));
  return (
    <Card className={css.stack} aria-labelledby="details-written">
      <div className={css.head}>
        <h2 id="details-written">{others.length > 0 ? 'The certificates' : 'The certificate'}</h2>
        {readable.length === 0 ? null : (
          <Button size="small" icon="download" onClick={() => void save(entry.name, readable)}>
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
          <Certificate written={primary} />
          {others.map((member) => (
            <section key={member.thumbprint} className={css.member} aria-label={titleOf(member)}>
              <h3>{titleOf(member)}</h3>
              <Certificate written={member} />
            </section>
          ))}
        </>
      )}
    </Card>
  );
}

const titleOf = (written: Written): string => ('problem' in written ? written.thumbprint : certificateTitle(written));

function Certificate({ written }: { written: Written }) {
  return 'problem' in written ? <p className={css.bad}>{written.problem}</p> : <WrittenFacts certificate={written} />;
}
