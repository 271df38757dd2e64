import { unzipSync } from 'fflate';

/**
 * The thumbprint (SHA-1, 40 upper-case hexadecimal digits) of the certificate in the zip that RavenDB hands out. Only the `.crt` is
 * unpacked: the private key beside it isn't looked at.
 * @returns null when the zip holds no certificate in PEM
 */
export async function thumbprintInZip(zip: Blob): Promise<string | null> {
  let pem: Uint8Array | undefined;
  try {
    const files = unzipSync(new Uint8Array(await zip.arrayBuffer()), { filter: ({ name }) => name.endsWith('.crt') });
    pem = Object.values(files)[0];
  } catch {
    return null;
  }
  const body = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/.exec(new TextDecoder().decode(pem))?.[1];
  if (body === undefined) return null;
  const der = Uint8Array.from(atob(body.replace(/\s/g, '')), (char) => char.charCodeAt(0));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', der));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}
