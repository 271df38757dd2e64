import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../conformance/certs/', import.meta.url);

/** Path of one of the certificates that the recordings use, for a file input. */
export const certificateFile = (name: string): string => fileURLToPath(new URL(name, folder));

export interface TestCertificate {
  /** SHA-1, 40 upper-case hexadecimal digits. */
  readonly thumbprint: string;
  /** Base64. */
  readonly der: string;
  readonly pem: string;
}

/** The certificate of `NAME.pem`. */
export function testCertificate(name: string): TestCertificate {
  const certificate = new X509Certificate(readFileSync(new URL(`${name}.pem`, folder)));
  return {
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
    der: certificate.raw.toString('base64'),
    pem: certificate.toString(),
  };
}
