import { createHash, X509Certificate } from 'node:crypto';
import { versionOneHash } from '../../domain/version-one.ts';
import { hasReadableDates, publicKeyInfoOf, readHead } from '../../pki/certificate-head.ts';
import type { Hardenings } from '../hardenings.ts';

/** The client certificate of a connection, as far as letting it in depends on it. Dates are ms UTC. */
export interface PeerCertificate {
  /** 40 upper-case hexadecimal digits. */
  readonly thumbprint: string;
  readonly der: Buffer;
  /** What the refusals call it, e.g. `CN=alice`; see `displayName`. */
  readonly subject: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Base64 SHA-256 of the subject public key info. */
  readonly pinningHash: string;
  /** False for X.509 version 1. */
  readonly hasVersion: boolean;
  readonly x509: X509Certificate;
  /** What the client sent beside its own certificate. */
  readonly sent: readonly X509Certificate[];
}

/**
 * Base64 SHA-256 of a certificate's subject public key info as it is written, as .NET takes it: equal for certificates with the same key.
 * RavenDB registers keys that nobody can use, too.
 */
export function pinningHashOf(x509: X509Certificate): string {
  const { raw } = x509;
  return createHash('sha256')
    .update(publicKeyInfoOf(raw) ?? raw)
    .digest('base64');
}

/** The pinning hash that the node goes by. */
export const pinnedHash = (
  hardenings: Hardenings,
  { hasVersion, pinningHash }: Pick<PeerCertificate, 'hasVersion' | 'pinningHash'>,
): string => (hasVersion || hardenings.has('versionOneHasItsKey') ? pinningHash : versionOneHash);

export function thumbprintOf(der: Uint8Array): string {
  return createHash('sha1').update(der).digest('hex').toUpperCase();
}

/** The subject as .NET writes it, or where there is none the alternative names, as RavenDB calls such a certificate. */
export function displayName(x509: X509Certificate): string {
  // Node's types don't know that a certificate may have none.
  const subject = x509.subject as string | undefined;
  // OpenSSL prints the names from the first to the last, a line each; .NET the other way round, in one line.
  if (subject !== undefined) return subject.split('\n').reverse().join(', ');
  return (x509.subjectAltName ?? '').replaceAll(/(^|, )(?:DNS|IP Address|email|URI):/g, '$1');
}

/** Thrown for a certificate whose dates RavenDB can't read: it knows no such certificate, and closes the connection of one that is shown. */
export class UnreadableDatesError extends Error {
  override readonly name = 'UnreadableDatesError';
}

/** Is the certificate in its validity period? One whose dates can't be read never is. @param now ms UTC */
export function isInForce(certificate: X509Certificate, now: number): boolean {
  const head = readHead(certificate.raw);
  return head !== undefined && head.notBefore <= now && now <= head.notAfter;
}

/**
 * @throws UnreadableDatesError
 * @throws Error when the bytes are no certificate
 */
export function peerCertificate(der: Buffer, sent: readonly X509Certificate[] = []): PeerCertificate {
  const x509 = new X509Certificate(der);
  const head = readHead(der);
  if (head === undefined || !hasReadableDates(head))
    throw new UnreadableDatesError(`The dates of ${x509.fingerprint} can't be read.`);
  return {
    thumbprint: thumbprintOf(der),
    der,
    subject: displayName(x509),
    ...head,
    pinningHash: pinningHashOf(x509),
    x509,
    sent,
  };
}
