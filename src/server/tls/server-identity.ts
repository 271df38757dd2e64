import { createPrivateKey, X509Certificate } from 'node:crypto';
import { peerCertificate, type PeerCertificate } from '../auth/peer-certificate.ts';
import { toPem } from '../../pki/pem.ts';

/** The certificate that the server shows, with its key. */
export interface ServerIdentity extends PeerCertificate {
  readonly privateKeyPkcs8: Uint8Array;
  /** The key alone, PEM. */
  readonly keyPem: string;
  /** The certificate and those above it, PEM, for the handshake. */
  readonly chainPem: string;
  readonly chain: readonly X509Certificate[];
}

/**
 * @param certificates DER; the first belongs to the key, the others are its issuers
 * @throws when the bytes are no certificate or no key
 */
export function serverIdentity(certificates: readonly Uint8Array[], privateKeyPkcs8: Uint8Array): ServerIdentity {
  const [own, ...issuers] = certificates;
  if (own === undefined) throw new Error('A server identity needs a certificate.');
  const peer = peerCertificate(Buffer.from(own));
  const key = createPrivateKey({ key: Buffer.from(privateKeyPkcs8), format: 'der', type: 'pkcs8' });
  // A root is known to the client or it isn't: sending it is of no use.
  const sent = issuers.filter((der) => !new X509Certificate(der).checkIssued(new X509Certificate(der)));
  return {
    ...peer,
    privateKeyPkcs8,
    keyPem: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
    chainPem: [own, ...sent].map((der) => `${toPem('CERTIFICATE', der)}\n`).join(''),
    chain: issuers.map((der) => new X509Certificate(der)),
  };
}
