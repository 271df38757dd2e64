import * as asn1js from 'asn1js';
import { type Asn1Node, childrenOf, isSequence, oidOf } from './asn1.ts';
import { CertificateFileError, notACertificate } from './certificate-file-error.ts';
import { foreign } from './foreign-file.ts';

export type DerKind = 'certificate' | 'pfx' | 'pkcs7' | 'key' | 'request' | 'public-key' | 'revocations';

const isTime = (node: Asn1Node): boolean => node instanceof asn1js.UTCTime || node instanceof asn1js.GeneralizedTime;

/** Tells the DER structures that people mistake for one another by their first elements. @throws for none of them */
export function derKind(root: Asn1Node): DerKind {
  const [first, second] = childrenOf(root);
  if (first instanceof asn1js.ObjectIdentifier && oidOf(first).startsWith('1.2.840.113549.1.7.')) return 'pkcs7';
  if (first instanceof asn1js.Integer) {
    if (isSequence(second) && childrenOf(second).length === 2 && first.valueBlock.valueDec === 3) return 'pfx';
    // RSAPublicKey has two numbers, RSAPrivateKey nine.
    return second instanceof asn1js.Integer && childrenOf(root).length === 2 ? 'public-key' : 'key';
  }
  if (!isSequence(first)) throw notACertificate();
  if (second instanceof asn1js.OctetString) return 'key';
  if (second instanceof asn1js.BitString) return 'public-key';
  const body = childrenOf(first);
  // A list of revoked certificates has its dates beside one another, a certificate in a SEQUENCE.
  if (body.some(isTime)) return 'revocations';
  // A signing request's body is version, subject, key, [0] attributes: no validity, no issuer.
  return body[0] instanceof asn1js.Integer && body.length <= 4 ? 'request' : 'certificate';
}

const sentences: Record<Exclude<DerKind, 'certificate' | 'pfx' | 'pkcs7'> | 'empty' | 'empty-pfx', string> = {
  key: 'The file holds a private key but no certificate. Choose the certificate (.pfx, .cer, .crt or .pem) instead.',
  request:
    'This is a request for a certificate, not a certificate. Choose the certificate that the authority sent back.',
  'public-key': 'This is a public key without a certificate. Choose the certificate that was issued for it.',
  revocations:
    'This is a list of revoked certificates (CRL), not a certificate. Choose a .pfx, .p12, .cer, .crt, .der or .pem file.',
  empty: 'The file holds no certificate. Export it again, with its certificates.',
  'empty-pfx': 'The file is a valid PKCS#12 file, but holds no certificate. Export it again, with its certificates.',
};

/** What a file is that could hold a certificate and doesn't. */
export function noCertificateIn(kind: DerKind | keyof typeof sentences): CertificateFileError {
  if (kind === 'pkcs7' || kind === 'pfx' || kind === 'certificate')
    return foreign('A certificate in the file is one of another kind.', 'Export it again.');
  return new CertificateFileError('no-certificate', sentences[kind]);
}
