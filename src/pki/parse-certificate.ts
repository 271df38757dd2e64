import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { type Asn1Node, childrenOf, isTagged, oidOf, parseAsn1, rawOf } from './asn1.ts';
import { type OwnedBytes, owned, toBase64, toHex } from './bytes.ts';
import { notACertificate } from './certificate-file-error.ts';
import { expectReadableDates, readHead } from './certificate-head.ts';
import { commonNameOf, formatDistinguishedName } from './distinguished-name.ts';
import { describeKey, signatureName } from './key-algorithms.ts';
import { readExtensions, type SubjectAlternativeName } from './certificate-extensions.ts';

/** What is written in one certificate. Dates are ms since 1970, UTC. */
export interface CertificateFacts {
  der: Uint8Array;
  /** False for X.509 version 1, which RavenDB can't tell apart by their keys. */
  hasVersion: boolean;
  /** SHA-1 of the DER, 40 upper-case hexadecimal digits. */
  thumbprint: string;
  /** As .NET prints a distinguished name, e.g. `CN=alice, O=Acme`. */
  subject: string;
  issuer: string;
  commonName: string | null;
  /** Upper-case hexadecimal, without the sign byte. */
  serialNumber: string;
  notBefore: number;
  notAfter: number;
  /** Base64 SHA-256 of the subject public key info: equal for certificates that share a key. */
  pinningHash: string;
  /** 'RSA', 'EC', 'Ed25519', or the OID of another algorithm. */
  keyAlgorithm: string;
  /** Bits; 0 when unknown. */
  keySize: number;
  /** 'P-256' and the like for EC keys; the OID of an unknown curve. */
  curve: string | null;
  /** E.g. 'SHA-512 with RSA', or the OID of an unknown algorithm. */
  signatureAlgorithm: string;
  /** RFC 5280 names: digitalSignature, keyEncipherment, … */
  keyUsages: string[];
  /** OIDs, e.g. 1.3.6.1.5.5.7.3.2 for client authentication. */
  extendedKeyUsages: string[];
  subjectAlternativeNames: SubjectAlternativeName[];
  isCertificateAuthority: boolean;
  /** Subject and issuer are the same name; says nothing of the signature. */
  selfIssued: boolean;
  /** Hexadecimal DER of the names, for comparing. */
  subjectDer: string;
  issuerDer: string;
}

export type { SubjectAlternativeName };

/**
 * Reads one X.509 certificate (RFC 5280) in DER.
 * @throws CertificateFileError 'not-a-certificate', 'unreadable-dates'
 */
export async function parseCertificate(der: Uint8Array): Promise<CertificateFacts> {
  const bytes = owned(der);
  expectReadableDates(bytes);
  const root = parseAsn1(bytes);
  try {
    return await factsOf(bytes, root);
  } catch {
    throw notACertificate();
  }
}

async function factsOf(der: OwnedBytes, root: Asn1Node): Promise<CertificateFacts> {
  const certificate = new pkijs.Certificate({ schema: root });
  const head = readHead(der);
  if (head === undefined) throw notACertificate();
  const tbs = childrenOf(childrenOf(root)[0]);
  const first = isTagged(tbs[0], 0) ? 1 : 0;
  const [serial, , issuer, , subject, publicKey] = tbs.slice(first);
  if (!(serial instanceof asn1js.Integer) || !issuer || !subject || !publicKey) throw notACertificate();
  if (isPadded(serial.valueBlock.valueHexView)) throw notACertificate();
  const publicKeyDer = rawOf(publicKey);
  const [thumbprint, pinningHash] = await Promise.all([
    crypto.subtle.digest('SHA-1', der),
    crypto.subtle.digest('SHA-256', publicKeyDer),
  ]);
  const subjectDer = toHex(rawOf(subject));
  const issuerDer = toHex(rawOf(issuer));
  return {
    der,
    ...head,
    thumbprint: toHex(new Uint8Array(thumbprint)),
    subject: formatDistinguishedName(subject),
    issuer: formatDistinguishedName(issuer),
    commonName: commonNameOf(subject),
    serialNumber: toHex(serial.valueBlock.valueHexView).replace(/^(?:00)+(?=..)/, ''),
    pinningHash: toBase64(new Uint8Array(pinningHash)),
    ...describeKey(publicKey),
    signatureAlgorithm: signatureName(oidOf(childrenOf(childrenOf(root)[1])[0])),
    ...readExtensions(certificate.extensions ?? []),
    selfIssued: subjectDer === issuerDer,
    subjectDer,
    issuerDer,
  };
}

/** DER (X.690 §8.3.2) writes an INTEGER in as few bytes as it takes; OpenSSL, and so RavenDB, reads no certificate that doesn't. */
const isPadded = ([first, second]: Uint8Array): boolean =>
  second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
