import * as asn1js from 'asn1js';
import { type Asn1Node, childrenOf, isSequence, oidOf, parseAsn1 } from './asn1.ts';
import { fromBase64, type OwnedBytes, owned } from './bytes.ts';
import { CertificateFileError, notACertificate } from './certificate-file-error.ts';
import { expectReadableDates } from './certificate-head.ts';
import { type CertificateFacts, parseCertificate } from './parse-certificate.ts';
import { parsePem } from './pem.ts';
import { pinningHashOfPrivateKey } from './private-key.ts';
import { readPemKey } from './read-pem-key.ts';
import { readPfx } from './read-pfx.ts';

/** Files beyond this are refused before anything is parsed. */
export const MAX_FILE_BYTES = 4 * 1024 * 1024;
export const MAX_CERTIFICATES = 500;

export interface CertificateFile {
  /** What the content is; base64 text around a DER or PFX file doesn't count. */
  format: 'der' | 'pem' | 'pfx';
  /** In the order of the file, at least one. */
  certificates: CertificateFacts[];
  hasPrivateKey: boolean;
  /** PEM only: the private key is encrypted and wasn't opened. Its certificates are readable all the same. */
  privateKeyEncrypted: boolean;
  /** PKCS#8 of the (first) private key; only when asked for with `withPrivateKey`. */
  privateKeyPkcs8?: Uint8Array;
  /** Index of the certificate that the key belongs to; -1 when it belongs to none. Given together with the key. */
  privateKeyOf?: number;
}

export interface ReadOptions {
  /** Hand the private key out too. Leave it off where only the certificates count: then the key is not even decrypted. */
  withPrivateKey?: boolean;
}

/**
 * Reads certificates from a file as people have them: DER, PEM (one or several, private keys between them), base64 of those,
 * PKCS#12 with or without passphrase, keys and MAC, in old encryptions (RC2, Triple DES) and new.
 * @param passphrase ignored where nothing is encrypted; '' is the same as none
 * @throws CertificateFileError and nothing else, whatever the bytes
 */
export async function readCertificateFile(
  bytes: Uint8Array,
  passphrase = '',
  options: ReadOptions = {},
): Promise<CertificateFile> {
  try {
    return await read(bytes, passphrase, options.withPrivateKey ?? false, true);
  } catch (error) {
    throw error instanceof CertificateFileError ? error : notACertificate();
  }
}

async function read(
  bytes: Uint8Array,
  passphrase: string,
  withPrivateKey: boolean,
  mayBeText: boolean,
): Promise<CertificateFile> {
  if (bytes.length > MAX_FILE_BYTES)
    throw new CertificateFileError('too-large', 'The file is larger than 4 MB. Choose one with fewer certificates.');
  if (bytes[0] === 0x30) return readDer(owned(bytes), passphrase, withPrivateKey);
  if (!mayBeText) throw notACertificate();
  const text = decodeText(bytes);
  if (text.includes('-----BEGIN ')) return readPem(text, passphrase, withPrivateKey);
  const compact = text.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) throw notACertificate();
  const inner = fromBase64(compact);
  return inner[0] === 0x30
    ? readDer(inner, passphrase, withPrivateKey)
    : readInnerPem(inner, passphrase, withPrivateKey);
}

/** Base64 of PEM text, as RavenDB's clients send it. */
function readInnerPem(bytes: OwnedBytes, passphrase: string, withPrivateKey: boolean): Promise<CertificateFile> {
  const text = decodeText(bytes);
  if (!text.includes('-----BEGIN ')) throw notACertificate();
  return readPem(text, passphrase, withPrivateKey);
}

async function readDer(bytes: OwnedBytes, passphrase: string, withPrivateKey: boolean): Promise<CertificateFile> {
  // The parser takes some dates for no ASN.1 at all.
  expectReadableDates(bytes);
  const root = parseAsn1(bytes);
  const kind = kindOf(root);
  if (kind === 'pkcs7') throw pkcs7();
  if (kind === 'key') throw onlyAKey();
  if (kind === 'request') throw signingRequest();
  if (kind === 'certificate')
    return {
      format: 'der',
      certificates: [await parseCertificate(bytes)],
      hasPrivateKey: false,
      privateKeyEncrypted: false,
    };
  const content = await readPfx(root, passphrase, withPrivateKey);
  if (content.certificates.length === 0) throw content.hasPrivateKey ? onlyAKey() : empty();
  const certificates = await parseAll(content.certificates);
  const file = {
    format: 'pfx',
    certificates,
    hasPrivateKey: content.hasPrivateKey,
    privateKeyEncrypted: false,
  } as const;
  return content.privateKeyPkcs8 ? withKey(file, content.privateKeyPkcs8) : file;
}

async function readPem(text: string, passphrase: string, withPrivateKey: boolean): Promise<CertificateFile> {
  const blocks = parsePem(text);
  const labelled = (...labels: string[]) => blocks.filter(({ label }) => labels.includes(label));
  const certificateBlocks = labelled('CERTIFICATE', 'X509 CERTIFICATE');
  const keyBlocks = blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'));
  if (certificateBlocks.length === 0) {
    if (labelled('PKCS7', 'CMS').length > 0) throw pkcs7();
    if (labelled('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST').length > 0) throw signingRequest();
    throw keyBlocks.length > 0 ? onlyAKey() : notACertificate();
  }
  const ders = certificateBlocks.map(({ der }) => {
    if (!der) throw notACertificate();
    return der;
  });
  const certificates = await parseAll(ders);
  const [keyBlock] = keyBlocks;
  const file = {
    format: 'pem',
    certificates,
    hasPrivateKey: keyBlock !== undefined,
    privateKeyEncrypted: keyBlock !== undefined && (keyBlock.encrypted || keyBlock.label.startsWith('ENCRYPTED')),
  } as const;
  if (!withPrivateKey || !keyBlock) return file;
  const key = await readPemKey(keyBlock, passphrase);
  return key ? withKey({ ...file, privateKeyEncrypted: false }, key) : file;
}

async function withKey(file: CertificateFile, privateKeyPkcs8: OwnedBytes): Promise<CertificateFile> {
  const hash = await pinningHashOfPrivateKey(privateKeyPkcs8).catch(() => null);
  const privateKeyOf = file.certificates.findIndex(({ pinningHash }) => pinningHash === hash);
  return { ...file, privateKeyPkcs8, privateKeyOf };
}

async function parseAll(ders: OwnedBytes[]): Promise<CertificateFacts[]> {
  if (ders.length > MAX_CERTIFICATES)
    throw new CertificateFileError(
      'too-large',
      `The file holds ${ders.length} certificates; at most ${MAX_CERTIFICATES} are read from one file.`,
    );
  return Promise.all(ders.map(parseCertificate));
}

/** Tells the DER structures that people mistake for one another by their first elements. */
function kindOf(root: Asn1Node): 'certificate' | 'pfx' | 'pkcs7' | 'key' | 'request' {
  const [first, second] = childrenOf(root);
  if (first instanceof asn1js.ObjectIdentifier && oidOf(first).startsWith('1.2.840.113549.1.7.')) return 'pkcs7';
  if (first instanceof asn1js.Integer) {
    const isPfx = isSequence(second) && childrenOf(second).length === 2 && first.valueBlock.valueDec === 3;
    return isPfx ? 'pfx' : 'key';
  }
  if (!isSequence(first)) throw notACertificate();
  if (second instanceof asn1js.OctetString) return 'key';
  // A signing request's body is version, subject, key, [0] attributes: no validity, no issuer.
  const body = childrenOf(first);
  return body[0] instanceof asn1js.Integer && body.length <= 4 ? 'request' : 'certificate';
}

/** UTF-8, or UTF-16 with a byte order mark as Windows Notepad writes. */
function decodeText(bytes: Uint8Array): string {
  const utf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe && 'utf-16le') || (bytes[0] === 0xfe && bytes[1] === 0xff && 'utf-16be');
  return new TextDecoder(utf16 || 'utf-8').decode(bytes);
}

function pkcs7(): CertificateFileError {
  return new CertificateFileError(
    'pkcs7',
    'This is a PKCS#7 file (.p7b), which RavenDB does not take. Export the certificates as .pfx or .cer instead.',
  );
}

function onlyAKey(): CertificateFileError {
  return new CertificateFileError(
    'no-certificate',
    'The file holds a private key but no certificate. Choose the certificate (.pfx, .cer, .crt or .pem) instead.',
  );
}

function signingRequest(): CertificateFileError {
  return new CertificateFileError(
    'no-certificate',
    'This is a request for a certificate, not a certificate. Choose the certificate that the authority sent back.',
  );
}

function empty(): CertificateFileError {
  return new CertificateFileError('no-certificate', 'The file is a valid PKCS#12 file, but holds no certificate.');
}
