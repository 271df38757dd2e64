import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** Where Linux distributions, the BSDs and macOS keep the system's roots as one PEM file. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

function readIfThere(file: string | undefined): string | undefined {
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * The roots that Node ships with, those of the system and those of `NODE_EXTRA_CA_CERTS`, as PEM. Node leaves them all out as soon
 * as it is given one `ca`, and before 22.15 it doesn't know the system's.
 */
export function rootCertificates(): string[] {
  const list = (tls as { getCACertificates?: (type: string) => string[] }).getCACertificates;
  if (list !== undefined) return [...new Set([...list('default'), ...list('system')])];
  let system = readIfThere(process.env.SSL_CERT_FILE);
  for (const file of bundles) system ??= readIfThere(file);
  return [...tls.rootCertificates, system, readIfThere(process.env.NODE_EXTRA_CA_CERTS)].filter(
    (pem) => pem !== undefined,
  );
}
