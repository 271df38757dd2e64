import { createHash, X509Certificate } from 'node:crypto';

/** The client certificate of a connection, as far as letting it in depends on it. Dates are ms UTC. */
export interface PeerCertificate {
  /** 40 upper-case hexadecimal digits. */
  readonly thumbprint: string;
  readonly der: Buffer;
  /** The subject as the refusals name it, e.g. `CN=alice`. */
  readonly subject: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Base64 SHA-256 of the subject public key info. */
  readonly pinningHash: string;
  readonly x509: X509Certificate;
  /** What the client sent beside its own certificate. */
  readonly sent: readonly X509Certificate[];
}

/** Base64 SHA-256 of a certificate's subject public key info: equal for certificates with the same key. */
export function pinningHashOf(x509: X509Certificate): string {
  return createHash('sha256')
    .update(x509.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}

export function thumbprintOf(der: Uint8Array): string {
  return createHash('sha1').update(der).digest('hex').toUpperCase();
}

/** Throws when the bytes are no certificate, or its key is of a kind that OpenSSL doesn't know. */
export function peerCertificate(der: Buffer, sent: readonly X509Certificate[] = []): PeerCertificate {
  const x509 = new X509Certificate(der);
  return {
    thumbprint: thumbprintOf(der),
    der,
    // OpenSSL prints the names from the first to the last, a line each; .NET the other way round, in one line.
    subject: x509.subject.split('\n').reverse().join(', '),
    notBefore: Date.parse(x509.validFrom),
    notAfter: Date.parse(x509.validTo),
    pinningHash: pinningHashOf(x509),
    x509,
    sent,
  };
}
