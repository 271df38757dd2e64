import type { X509Certificate } from 'node:crypto';

/** Does a DNS name of the certificate equal the host, or match it with a wildcard for exactly its first label? */
export function hostMatches(certificate: X509Certificate, host: string): boolean {
  const wanted = host.toLowerCase();
  const names = (certificate.subjectAltName ?? '').split(', ').flatMap((name) => {
    return name.startsWith('DNS:') ? [name.slice(4).toLowerCase()] : [];
  });
  return names.some((name) =>
    name.startsWith('*.')
      ? wanted.indexOf('.') > 0 && wanted.slice(wanted.indexOf('.')) === name.slice(1)
      : name === wanted,
  );
}
