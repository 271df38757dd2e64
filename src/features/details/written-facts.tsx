import type { DescribedCertificate } from '../../domain/describe-certificate.ts';
import { alternativeNamesText, keyText, usageText } from '../../domain/describe-certificate.ts';
import { dateTimeText } from '../../domain/time-text.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact } from '../../ui/fact.tsx';
import { Facts } from '../../ui/facts.tsx';
import css from './details.module.css';

interface Written extends DescribedCertificate {
  readonly thumbprint: string;
  readonly serialNumber: string;
  readonly pinningHash: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly isCertificateAuthority: boolean;
  readonly hasVersion: boolean;
}

/** What is written in the certificate itself, to the second. */
export function WrittenFacts({ certificate }: { certificate: Written }) {
  const names = alternativeNamesText(certificate);
  return (
    <Facts>
      <Fact term="Subject">
        <bdi>{certificate.subject || 'none'}</bdi>
      </Fact>
      <Fact term="Issuer">
        <bdi>{certificate.issuer}</bdi>
        {certificate.selfIssued ? <span className={css.faint}> (itself)</span> : null}
      </Fact>
      <Fact term="Valid from">{dateTimeText(certificate.notBefore)}</Fact>
      <Fact term="Valid until">{dateTimeText(certificate.notAfter)}</Fact>
      <Fact term="Key">
        {keyText(certificate)}
        <span className={css.faint}> · signed with {certificate.signatureAlgorithm}</span>
      </Fact>
      <Fact term="Usage">
        {usageText(certificate) || <span className={css.faint}>not restricted</span>}
        {certificate.isCertificateAuthority ? <span className={css.faint}> · certificate authority</span> : null}
      </Fact>
      {certificate.hasVersion ? null : <Fact term="Version">1, which has no usages and no alternative names</Fact>}
      {names === '' ? null : <Fact term="Alternative names">{names}</Fact>}
      <Copyable term="Thumbprint" text={certificate.thumbprint} />
      <Copyable term="Pinning hash" text={certificate.pinningHash} />
      <Copyable term="Serial number" text={certificate.serialNumber} />
    </Facts>
  );
}

function Copyable({ term, text }: { term: string; text: string }) {
  return (
    <Fact term={term}>
      <span className={css.copyable}>
        <code className={css.mono}>{text}</code>
        <CopyButton compact label={`Copy ${term.toLowerCase()}`} text={text} />
      </span>
    </Fact>
  );
}
