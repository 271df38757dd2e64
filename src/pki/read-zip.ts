import { strFromU8, unzipSync } from 'fflate';
import { concatBytes } from './bytes.ts';
import { CertificateFileError } from './certificate-file-error.ts';
import { foreign } from './foreign-file.ts';

export interface Unzipped {
  /** Path within the zip. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const containers = /\.(?:pfx|p12)$/i;
const certificates = /\.(?:crt|cer|pem|der|p7b)$/i;
const keys = /\.key$/i;
const MAX_ENTRIES = 1000;

export const isZip = ([a, b, c]: Uint8Array): boolean => a === 0x50 && b === 0x4b && (c === 3 || c === 5);

/**
 * The certificate in a zip such as RavenDB hands out: `.pfx`, `.crt` and `.key` of one name, of which the certificate with its key comes
 * first, then the PFX. Of a setup package the admin's.
 * @param maxBytes what the files in it may have together
 * @returns one or two ways to read it, to be tried in this order
 * @throws CertificateFileError
 */
export function readZip(zip: Uint8Array, maxBytes: number): Unzipped[] {
  const files = unpack(zip, maxBytes);
  const own = files.filter(({ name }) => containers.test(name) || certificates.test(name));
  const bases = new Set(own.map(({ name }) => baseOf(name)));
  const admins = [...bases].filter((base) => /client\.certificate/i.test(base));
  const [base] = admins.length === 1 ? admins : [...bases];
  if (base === undefined)
    throw foreign(
      'The zip holds no certificate.',
      'Choose one that RavenDB made, or a .pfx, .p12, .cer, .crt, .der or .pem file.',
    );
  if (bases.size > 1 && admins.length !== 1)
    throw foreign(
      `The zip holds several certificates: ${[...own.map(({ name }) => name)].slice(0, 10).join(', ')}.`,
      'Unpack it and choose one of them.',
    );
  const ofBase = files.filter(({ name }) => baseOf(name) === base);
  const pick = (pattern: RegExp) => ofBase.find(({ name }) => pattern.test(name));
  const certificate = pick(certificates);
  const key = pick(keys);
  const ways = [certificate && key ? joined(certificate, key) : certificate, pick(containers)];
  return ways.filter((way) => way !== undefined);
}

const baseOf = (name: string): string => name.replace(/\.[^./]*$/, '');

/** Certificate and key as one file. Where one of them isn't PEM, the certificate alone. */
function joined(certificate: Unzipped, key: Unzipped): Unzipped {
  const isPem = ({ bytes }: Unzipped) => strFromU8(bytes.subarray(0, 4096), true).includes('-----BEGIN ');
  if (!isPem(certificate) || !isPem(key)) return certificate;
  return { name: certificate.name, bytes: concatBytes(certificate.bytes, Uint8Array.of(0x0a), key.bytes) };
}

function unpack(zip: Uint8Array, maxBytes: number): Unzipped[] {
  let left = maxBytes;
  let entries = 0;
  const tooLarge = () =>
    new CertificateFileError('too-large', 'The zip holds too much. Unpack it and choose the certificate in it.');
  try {
    const files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        if (++entries > MAX_ENTRIES) throw tooLarge();
        if (name.startsWith('__MACOSX/')) return false;
        if (![containers, certificates, keys].some((pattern) => pattern.test(name))) return false;
        left -= originalSize;
        if (left < 0) throw tooLarge();
        return true;
      },
    });
    return Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
  } catch (error) {
    if (error instanceof CertificateFileError) throw error;
    throw foreign(
      'The zip can’t be unpacked here: it is cut off, or protected by a password.',
      'Unpack it and choose the certificate in it.',
    );
  }
}
