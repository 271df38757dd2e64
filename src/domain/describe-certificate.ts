/** What is written in a certificate, as far as it is shown. */
export interface DescribedCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly selfIssued: boolean;
  readonly commonName: string | null;
  readonly keyAlgorithm: string;
  readonly keySize: number;
  readonly curve: string | null;
  readonly signatureAlgorithm: string;
  readonly keyUsages: readonly string[];
  readonly extendedKeyUsages: readonly string[];
  readonly subjectAlternativeNames: readonly { readonly type: string; readonly value: string }[];
}

/** Names of RFC 5280 §4.2.1.12 and of Windows, by OID. */
const purposes: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'server authentication',
  '1.3.6.1.5.5.7.3.2': 'client authentication',
  '1.3.6.1.5.5.7.3.3': 'code signing',
  '1.3.6.1.5.5.7.3.4': 'e-mail protection',
  '1.3.6.1.5.5.7.3.8': 'time stamping',
  '1.3.6.1.5.5.7.3.9': 'OCSP signing',
  '1.3.6.1.4.1.311.20.2.2': 'smart card logon',
  '2.5.29.37.0': 'any purpose',
};

/** `digitalSignature` → `digital signature`, `cRLSign` → `CRL sign`. */
const words = (usage: string): string =>
  usage === 'cRLSign' ? 'CRL sign' : usage.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** `RSA, 4096 bits`, `EC, P-256`, `Ed25519`. */
export function keyText({ keyAlgorithm, keySize, curve }: DescribedCertificate): string {
  if (curve !== null) return `${keyAlgorithm}, ${curve}`;
  return keyAlgorithm === 'RSA' ? `RSA, ${String(keySize)} bits` : keyAlgorithm;
}

/** What it may be used for; empty when it doesn't say. */
export const usageText = ({ keyUsages, extendedKeyUsages }: DescribedCertificate): string =>
  [...extendedKeyUsages.map((oid) => purposes[oid] ?? oid), ...keyUsages.map(words)].join(', ');

/** `localhost, 127.0.0.1`; other kinds than hosts carry theirs. */
export const alternativeNamesText = ({ subjectAlternativeNames }: DescribedCertificate): string =>
  subjectAlternativeNames
    .map(({ type, value }) => (type === 'dns' || type === 'ip' ? value : `${type}: ${value}`))
    .join(', ');

/** What a person calls it. */
export const certificateTitle = (certificate: DescribedCertificate): string =>
  certificate.commonName?.trim() ||
  certificate.subject ||
  alternativeNamesText(certificate) ||
  'Certificate without a name';
