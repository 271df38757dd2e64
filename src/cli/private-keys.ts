import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { parseFirstAsn1 } from '../pki/asn1.ts';
import { CertificateFileError } from '../pki/certificate-file-error.ts';
import { derKind } from '../pki/der-kind.ts';
import { decodeText, loosenText } from '../pki/loosen-text.ts';

export interface OpenedKeys {
  readonly keys: readonly KeyObject[];
  /** Why one of them wasn't opened. */
  readonly problem?: CertificateFileError;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

function problemOf(error: unknown, hasPassphrase: boolean): CertificateFileError {
  // OpenSSL has no word of its own for a wrong passphrase: what comes out isn't padded, or isn't a key.
  if (/MISSING_PASSPHRASE|BAD_DECRYPT|BAD_PASSWORD|ASN1|CIPHERFINAL|INTERRUPTED_OR_CANCELLED/i.test(codeOf(error)))
    return hasPassphrase
      ? new CertificateFileError(
          'passphrase-wrong',
          'The passphrase does not open the private key in this file. Check it and enter it again.',
        )
      : new CertificateFileError('passphrase-required', 'The private key is encrypted. Enter its passphrase.');
  return new CertificateFileError(
    'encryption-unsupported',
    'The private key is of a kind or encryption that can’t be opened here. Convert it with “openssl pkcs8 -topk8 -in KEY -out NEW -v2 aes256”.',
  );
}

/**
 * The private keys of a file in PEM or DER, opened by Node's OpenSSL: PKCS#8, PKCS#1 and SEC 1, encrypted in new ways and old.
 * @throws CertificateFileError for keys of SSH, which OpenSSL doesn't read
 */
export function openKeys(bytes: Uint8Array, passphrase: string | undefined): OpenedKeys {
  const secret = passphrase === undefined || passphrase === '' ? {} : { passphrase };
  const inputs = bytes[0] === 0x30 ? derForms(bytes) : pemKeys(bytes).map((key) => [{ key, format: 'pem' } as const]);
  const keys: KeyObject[] = [];
  let problem: CertificateFileError | undefined;
  for (const forms of inputs) {
    let failure: unknown;
    const key = forms.reduce<KeyObject | undefined>((opened, form) => {
      if (opened !== undefined) return opened;
      try {
        return createPrivateKey({ ...form, ...secret });
      } catch (error) {
        failure ??= error;
        return undefined;
      }
    }, undefined);
    if (key === undefined) problem ??= problemOf(failure, 'passphrase' in secret);
    else keys.push(key);
  }
  return problem === undefined ? { keys } : { keys, problem };
}

/** The forms in which DER may hold a key, when it does; OpenSSL asks which. */
function derForms(bytes: Uint8Array) {
  try {
    const { node, length } = parseFirstAsn1(bytes);
    if (derKind(node) !== 'key') return [];
    const key = Buffer.from(bytes.subarray(0, length));
    return [(['pkcs8', 'sec1', 'pkcs1'] as const).map((type) => ({ key, format: 'der', type }) as const)];
  } catch (error) {
    if (error instanceof CertificateFileError) return [];
    throw error;
  }
}

function pemKeys(bytes: Uint8Array): string[] {
  const text = loosenText(decodeText(bytes));
  if (/-----BEGIN (?:OPENSSH|SSH2) |^PuTTY-User-Key-File/m.test(text))
    throw new CertificateFileError(
      'encryption-unsupported',
      'The private key is in the form of SSH. Convert a copy of it with “ssh-keygen -p -m PKCS8 -f COPY”.',
    );
  return text.match(/-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----[^]*?-----END \1-----/g) ?? [];
}

/** Does the key belong to the certificate? */
export function belongsTo(key: KeyObject, certificate: X509Certificate): boolean {
  try {
    return certificate.checkPrivateKey(key);
  } catch {
    // A certificate whose own key OpenSSL can't read.
    return false;
  }
}
