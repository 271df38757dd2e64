import { dateText, endText } from '../../domain/time-text.ts';
import { daysLeft } from '../../domain/certificate-state.ts';
import { issuersOf } from '../../domain/certificate-set.ts';
import { alternativeNamesText, keyText, usageText } from '../../domain/describe-certificate.ts';
import type { CertificateFacts as Facts_ } from '../../pki/parse-certificate.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact } from '../../ui/fact.tsx';
import { Facts } from '../../ui/facts.tsx';
import css from './upload.module.css';

/** Everything worth knowing that is written in a certificate of a file. */
export function CertificateFacts({
  certificate,
  file,
  now,
}: {
  certificate: Facts_;
  /** All of the file, in which its issuers are looked for. */
  file: readonly Facts_[];
  now: number;
}) {
  const left = daysLeft(certificate, now) ?? 0;
  const names = alternativeNamesText(certificate);
  return (
    <Facts>
      <Fact term="Subject">{certificate.subject || 'none'}</Fact>
      <Fact term="Issuer">
        {certificate.selfIssued ? `${certificate.issuer} (itself)` : <Chain certificate={certificate} file={file} />}
      </Fact>
      <Fact term="Thumbprint">
        <span className={css.copyable}>
          <code className={css.mono}>{certificate.thumbprint}</code>
          <CopyButton compact label="Copy thumbprint" text={certificate.thumbprint} />
        </span>
      </Fact>
      <Fact term="Valid">
        {dateText(certificate.notBefore)} to {dateText(certificate.notAfter)}
        <span className={css.faint}> · {endText(left)}</span>
      </Fact>
      <Fact term="Key">
        {keyText(certificate)}
        <span className={css.faint}> · signed with {certificate.signatureAlgorithm}</span>
      </Fact>
      <Fact term="Usage">{usageText(certificate) || <span className={css.faint}>not restricted</span>}</Fact>
      {certificate.hasVersion ? null : <Fact term="Version">1, which has no usages and no alternative names</Fact>}
      {names === '' ? null : <Fact term="Alternative names">{names}</Fact>}
      <Fact term="Serial number">
        <code className={css.mono}>{certificate.serialNumber}</code>
      </Fact>
      <Fact term="Pinning hash">
        <code className={css.mono}>{certificate.pinningHash}</code>
      </Fact>
    </Facts>
  );
}

function Chain({ certificate, file }: { certificate: Facts_; file: readonly Facts_[] }) {
  return (
    <ol className={css.chain}>
      {issuersOf(certificate, file).map(({ name, inFile }, index) => (
        // A chain of cross-signed authorities may name one twice.
        <li key={`${index} ${name}`}>
          {name}
          <span className={css.faint}>{inFile ? ' · in this file' : ' · not in this file'}</span>
        </li>
      ))}
    </ol>
  );
}
