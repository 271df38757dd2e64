import { randomBytes, webcrypto } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };

/**
 * Distinct self-signed P-256 client certificates, base64 DER.
 * @param {number} count
 */
export async function makeCertificates(count) {
  const made = [];
  for (let i = 0; i < count; i++) {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const serial = randomBytes(16);
    // .NET takes only the shortest form of a number: no 00 in front.
    serial[0] = 0x40 | (serial[0] & 0x3f);
    const certificate = new pkijs.Certificate({
      version: 2,
      serialNumber: new asn1js.Integer({ valueHex: serial }),
    });
    for (const name of [certificate.subject, certificate.issuer])
      name.typesAndValues.push(
        new pkijs.AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1js.Utf8String({ value: `bench-${i}` }) }),
      );
    certificate.notBefore.value = new Date(Date.now() - 86_400_000);
    certificate.notAfter.value = new Date(Date.now() + 365 * 86_400_000);
    await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
    await certificate.sign(keys.privateKey, 'SHA-256');
    made.push(Buffer.from(certificate.toSchema(true).toBER()).toString('base64'));
  }
  return made;
}
