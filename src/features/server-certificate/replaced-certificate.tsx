import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import { Card } from '../../ui/card.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './server-certificate.module.css';
import { ServerFacts } from './server-facts.tsx';

/** The certificate of now, to compare with. */
export function ReplacedCertificate({ certificate, now }: { certificate: CertificateFacts | null; now: number }) {
  return (
    <Card className={css.card} aria-label="The one it replaces">
      <h2>The one it replaces</h2>
      {certificate === null ? <Skeleton width="60%" /> : <ServerFacts certificate={certificate} now={now} />}
    </Card>
  );
}
