import type { ReactNode } from 'react';
import { daysLeft } from '../../domain/certificate-state.ts';
import { alternativeNamesText, keyText, usageText } from '../../domain/describe-certificate.ts';
import { dateText, endText } from '../../domain/time-text.ts';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact } from '../../ui/fact.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Tag } from '../../ui/tag.tsx';
import css from './server-certificate.module.css';

/** Days before its end from which a server's certificate is pointed out. */
const soon = 30;

/** What matters of a server's certificate. */
export function ServerFacts({
  certificate,
  now,
  children,
}: {
  certificate: CertificateFacts;
  now: number;
  /** Further `Fact`s. */
  children?: ReactNode;
}) {
  const left = daysLeft(certificate, now) ?? 0;
  return (
    <Facts>
      <Fact term="Subject">{certificate.subject || 'none'}</Fact>
      <Fact term="Issuer">
        {certificate.issuer}
        {certificate.selfIssued ? <span className={css.faint}> (itself)</span> : null}
      </Fact>
      <Fact term="Valid">
        {dateText(certificate.notBefore)} to {dateText(certificate.notAfter)}{' '}
        <Tag tone={left < 0 ? 'bad' : left < soon ? 'warn' : 'neutral'}>{endText(left)}</Tag>
      </Fact>
      <Fact term="Names">{alternativeNamesText(certificate) || certificate.commonName || 'none'}</Fact>
      <Fact term="Key">{keyText(certificate)}</Fact>
      <Fact term="Usage">{usageText(certificate) || <span className={css.faint}>not restricted</span>}</Fact>
      <Fact term="Thumbprint">
        <span className={css.copyable}>
          <code className={css.mono}>{certificate.thumbprint}</code>
          <CopyButton compact label="Copy thumbprint" text={certificate.thumbprint} />
        </span>
      </Fact>
      {children}
    </Facts>
  );
}
