import { strToU8, zipSync } from 'fflate';
import type { OwnedBytes } from './bytes.ts';
import type { IssuedCertificate } from './issue-certificate.ts';
import { privateKeyToPem, toPem } from './pem.ts';

/**
 * The zip that RavenDB hands out with a new certificate: `<base>.pfx`, `.crt` and `.key`, each for its owner only once unpacked.
 * @param base must be a file's name: nothing is checked here
 */
export function zipIdentity(base: string, { der, privateKeyPkcs8 }: IssuedCertificate, pfx: Uint8Array): OwnedBytes {
  // os 3 is Unix, whose modes stand in the upper half of the attributes.
  const options = { os: 3, attrs: 0o600 << 16, level: 6 } as const;
  const files = [
    [`${base}.pfx`, pfx],
    [`${base}.crt`, strToU8(toPem('CERTIFICATE', der))],
    [`${base}.key`, strToU8(privateKeyToPem(privateKeyPkcs8))],
  ] as const;
  return zipSync(Object.fromEntries(files.map(([file, bytes]) => [file, [bytes, options]])));
}
