import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/**
 * Distinct self-signed P-256 client certificates, base64 DER.
 * @param {number} count
 */
export async function makeCertificates(count) {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const made = [];
  for (let i = 0; i < count; i++) {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await x509.X509CertificateGenerator.createSelfSigned(
      {
        name: `CN=bench-${i}`,
        keys,
        signingAlgorithm: algorithm,
        notBefore: new Date(Date.now() - 86_400_000),
        notAfter: new Date(Date.now() + 365 * 86_400_000),
      },
      webcrypto,
    );
    made.push(Buffer.from(certificate.rawData).toString('base64'));
  }
  return made;
}
