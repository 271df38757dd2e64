import type { Finding } from './finding.ts';

export interface CertificateKey {
  /** 'RSA', 'EC', 'Ed25519' …, or an OID. */
  readonly keyAlgorithm: string;
  /** Of EC keys. */
  readonly curve: string | null;
}

const algorithms = new Set(['RSA', 'RSA-PSS', 'Ed25519', 'Ed448']);
const curves = new Set(['P-256', 'P-384', 'P-521']);

/**
 * Certificates are let in by a handshake that their key signs, and TLS knows few kinds of keys (RFC 8446 §4.2.3). Others RavenDB
 * registers as well, and nobody can ever show them.
 */
export function keyFinding({ keyAlgorithm, curve }: CertificateKey): Finding | null {
  if (algorithms.has(keyAlgorithm) || (curve !== null && curves.has(curve))) return null;
  const next = 'RavenDB registers it all the same. Ask for a certificate with an RSA, P-256 or P-384 key instead.';
  if (keyAlgorithm === 'DSA')
    return {
      id: 'key-kind',
      level: 'warn',
      title: 'Its key is a DSA key, which TLS 1.3 doesn’t know and today’s clients don’t offer.',
      text: next,
    };
  const kind =
    curve === 'explicit' ? 'of a curve without a name' : `of a kind that TLS doesn’t know: ${curve ?? keyAlgorithm}`;
  return {
    id: 'key-kind',
    level: 'warn',
    title: `Its key is ${kind}. Nobody can show this certificate.`,
    text: next,
  };
}
