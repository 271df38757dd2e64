import type { Asn1Node } from './asn1.ts';
import { parseFirstAsn1 } from './asn1.ts';
import { equalBytes, fromBase64, type OwnedBytes, owned } from './bytes.ts';
import { CertificateFileError, notACertificate } from './certificate-file-error.ts';
import { derKind, noCertificateIn } from './der-kind.ts';
import { MAX_CERTIFICATES, MAX_FILE_BYTES, tooLargeText } from './file-limits.ts';
import { brokenOnItsWay, foreign, foreignBytes, foreignText } from './foreign-file.ts';
import { decodeText, loosenText } from './loosen-text.ts';
import { expectReadableDates } from './certificate-head.ts';
import { type CertificateFacts, parseCertificate } from './parse-certificate.ts';
import { parsePem, type PemBlock } from './pem.ts';
import { publicBitsOfCertificate, publicBitsOfKey } from './private-key.ts';
import { readPemKey } from './read-private-keys.ts';
import { readPfx } from './read-pfx.ts';
import { readPkcs7 } from './read-pkcs7.ts';
import { isZip, readZip } from './read-zip.ts';
import { WorkBudget, type WorkLimits } from './work-budget.ts';

export interface CertificateFile {
  /** What the content is; base64 text and a zip around it don't count. */
  format: 'der' | 'pem' | 'pfx' | 'pkcs7';
  /** In the order of the file, at least one. */
  certificates: CertificateFacts[];
  hasPrivateKey: boolean;
  /** PEM only: the private key is encrypted and wasn't opened. Its certificates are readable all the same. */
  privateKeyEncrypted: boolean;
  /** PKCS#8 of the private key that belongs to a certificate, else of the first one; only when asked for with `withPrivateKey`. */
  privateKeyPkcs8?: Uint8Array;
  /**
   * Index of the certificate that the key belongs to; -1 when it belongs to none; left out where the key doesn't tell (DSA, rare curves).
   * Given together with the key.
   */
  privateKeyOf?: number;
  /** Sentences on what was left out or taken from where; mostly none. */
  notes: string[];
}

export interface ReadOptions {
  /** Hand the private key out too. Leave it off where only the certificates count: then the key is not even decrypted. */
  withPrivateKey?: boolean;
  /** A minute when left out. */
  limits?: WorkLimits;
  /** Told what part of the key derivation is done, 0 to 1. */
  onProgress?: (done: number) => void;
}

interface Reading {
  passphrase: string | undefined;
  withPrivateKey: boolean;
  budget: WorkBudget;
}

/**
 * Reads certificates from a file as people have them: DER, PEM (one or several, private keys between them), base64 of those,
 * PKCS#12 with or without passphrase, keys and MAC, in old encryptions (RC2, Triple DES) and new, PKCS#7, and the zip that RavenDB hands
 * out; as text also after a way through mails, JSON or source files.
 * @param passphrase ignored where nothing is encrypted; '' is the same as none. Left out: nobody was asked yet, so that a file whose
 * many rounds cost time says 'passphrase-required' before any is done
 * @throws CertificateFileError and nothing else, whatever the bytes
 */
export async function readCertificateFile(
  bytes: Uint8Array,
  passphrase?: string,
  { withPrivateKey = false, limits, onProgress }: ReadOptions = {},
): Promise<CertificateFile> {
  try {
    return await read(bytes, { passphrase, withPrivateKey, budget: new WorkBudget(limits, onProgress) });
  } catch (error) {
    throw error instanceof CertificateFileError ? error : notACertificate();
  }
}

async function read(bytes: Uint8Array, reading: Reading): Promise<CertificateFile> {
  if (bytes.length > MAX_FILE_BYTES) throw new CertificateFileError('too-large', tooLargeText);
  if (isZip(bytes)) return readFromZip(bytes, reading);
  const known = foreignBytes(bytes);
  if (known) throw known;
  // '0' is a digit as well as the tag of a SEQUENCE.
  if (bytes[0] === 0x30 && !isAscii(bytes)) return readDer(owned(bytes), reading);
  const text = decodeText(bytes);
  if (isPem(text)) return readPem(loosenText(text), reading);
  const inner = base64Of(loosenText(text));
  if (inner === undefined) throw foreignText(text) ?? notACertificate();
  if (inner[0] === 0x30) return readDer(inner, reading);
  // Base64 of PEM text, as RavenDB's clients and kubeconfigs have it.
  const innerText = decodeText(inner);
  if (!isPem(innerText)) throw foreignBytes(inner) ?? notACertificate();
  return readPem(loosenText(innerText), reading);
}

const isPem = (text: string): boolean => /[-\u2010-\u2015\u2212]{2} *BEGIN [A-Z0-9 ]+/i.test(text);
const isAscii = (bytes: Uint8Array): boolean =>
  bytes.subarray(0, 4096).every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 9 && byte <= 13));

/** Base64 in either alphabet, as it stands in a data URL as well. */
function base64Of(text: string): OwnedBytes | undefined {
  const compact = text
    .replace(/^data:[^,]*;base64,/, '')
    .replaceAll(/\s/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  return /^[A-Za-z0-9+/]{8,}={0,2}$/.test(compact) ? fromBase64(compact) : undefined;
}

async function readFromZip(zip: Uint8Array, reading: Reading): Promise<CertificateFile> {
  const [first, second] = readZip(zip, MAX_FILE_BYTES);
  if (first === undefined) throw notACertificate();
  const from = async ({ name, bytes }: typeof first): Promise<CertificateFile> => {
    if (isZip(bytes)) throw foreign('The zip holds another zip.', 'Unpack it and choose the certificate in it.');
    const file = await read(bytes, reading);
    return { ...file, notes: [`Read from ${name} in the zip.`, ...file.notes] };
  };
  if (second === undefined) return from(first);
  try {
    const file = await from(first);
    if (!reading.withPrivateKey || file.privateKeyPkcs8 !== undefined) return file;
  } catch (error) {
    if (!(error instanceof CertificateFileError)) throw error;
  }
  return from(second);
}

async function readDer(bytes: OwnedBytes, reading: Reading): Promise<CertificateFile> {
  // The parser takes some dates for no ASN.1 at all.
  expectReadableDates(bytes);
  let root: Asn1Node;
  let length: number;
  try {
    ({ node: root, length } = parseFirstAsn1(bytes));
  } catch {
    throw brokenOnItsWay(bytes) ?? notACertificate();
  }
  const kind = derKind(root);
  // What stands behind the end (a line break, zeros, another file) isn't looked at, as RavenDB doesn't.
  if (kind === 'certificate') return fileOf('der', [bytes.slice(0, length)]);
  if (kind === 'pkcs7') return fileOf('pkcs7', readPkcs7(root));
  if (kind !== 'pfx') throw noCertificateIn(kind);
  const content = await readPfx(root, { ...reading, asRavenDb: false });
  if (content.certificates.length === 0) throw noCertificateIn(content.hasPrivateKey ? 'key' : 'empty-pfx');
  const file = { ...(await fileOf('pfx', content.certificates)), hasPrivateKey: content.hasPrivateKey };
  return withKeys(file, content.privateKeys);
}

const certificateLabels = ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'];

async function readPem(text: string, { passphrase, withPrivateKey, budget }: Reading): Promise<CertificateFile> {
  const blocks = parsePem(text);
  const labelled = (...labels: string[]) => blocks.filter(({ label }) => labels.includes(label));
  const keyBlocks = blocks.filter(({ label }) => label.endsWith('PRIVATE KEY'));
  const certificates = labelled(...certificateLabels);
  const messages = labelled('PKCS7', 'CMS', 'PKCS #7 SIGNED DATA');
  const pfx = labelled('PKCS12', 'PKCS #12')[0]?.der;
  let file: CertificateFile;
  if (certificates.length > 0) file = await readBlocks(certificates);
  else if (pfx) return readDer(pfx, { passphrase, withPrivateKey, budget });
  else if (messages[0]?.der) file = await fileOf('pkcs7', readPkcs7(parseFirstAsn1(messages[0].der).node));
  else throw whyNoBlock(text, keyBlocks.length > 0);
  if (keyBlocks.length === 0) return file;
  const isEncrypted = ({ label, encrypted }: PemBlock) => encrypted || label.startsWith('ENCRYPTED');
  const found = { ...file, hasPrivateKey: true, privateKeyEncrypted: keyBlocks.some(isEncrypted) };
  if (!withPrivateKey) return found;
  const keys: OwnedBytes[] = [];
  const notes = [...file.notes];
  for (const block of keyBlocks)
    try {
      const key = await readPemKey(block, passphrase ?? '', budget);
      if (key) keys.push(key);
    } catch (error) {
      // It isn't what the file is for, as long as nobody asks for the key itself; a passphrase that is missing is said.
      if (!(error instanceof CertificateFileError) || error.code !== 'not-a-certificate') throw error;
      notes.push('A private key in the file can’t be read and is left out.');
    }
  return keys.length === 0 ? { ...found, notes } : withKeys({ ...found, notes, privateKeyEncrypted: false }, keys);
}

/** The certificates of PEM blocks; those that can't be read are named and left out, unless none can. */
async function readBlocks(blocks: readonly PemBlock[]): Promise<CertificateFile> {
  if (blocks.length > MAX_CERTIFICATES) throw tooMany(blocks.length);
  const certificates: CertificateFacts[] = [];
  const notes: string[] = [];
  let first: CertificateFileError | undefined;
  for (const [at, { der }] of blocks.entries())
    try {
      if (!der || der.length === 0) throw notACertificate();
      expectReadableDates(der);
      const { node, length } = firstElement(der);
      if (derKind(node) !== 'certificate') throw noCertificateIn(derKind(node));
      certificates.push(await parseCertificate(der.subarray(0, length)));
    } catch (error) {
      if (!(error instanceof CertificateFileError) || error.code === 'unreadable-dates') throw error;
      first ??= error;
      notes.push(`Certificate ${at + 1} of ${blocks.length} in the file can’t be read and is left out.`);
    }
  if (certificates.length === 0) throw first ?? notACertificate();
  return { format: 'pem', certificates, hasPrivateKey: false, privateKeyEncrypted: false, notes };
}

function firstElement(der: OwnedBytes): ReturnType<typeof parseFirstAsn1> {
  try {
    return parseFirstAsn1(der);
  } catch {
    throw brokenOnItsWay(der) ?? notACertificate();
  }
}

/** A text that begins like PEM and holds no certificate. */
function whyNoBlock(text: string, hasKey: boolean): CertificateFileError {
  const [begin] = /-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/.exec(text) ?? [];
  if (begin !== undefined)
    return foreign(`The text is cut off: “${begin.replace('BEGIN', 'END')}” is missing.`, 'Copy it again, whole.');
  return foreignText(text) ?? (hasKey ? noCertificateIn('key') : notACertificate());
}

/** Takes the key that belongs to a certificate; says it where others are beside it. */
async function withKeys(file: CertificateFile, keys: readonly OwnedBytes[]): Promise<CertificateFile> {
  const [firstKey] = keys;
  if (firstKey === undefined) return file;
  const ofCertificates = file.certificates.map(({ der }) => publicBitsOfCertificate(der));
  let unknown = false;
  for (const key of keys) {
    const bits = await publicBitsOfKey(key).catch(() => null);
    unknown ||= bits === null;
    const privateKeyOf = bits === null ? -1 : ofCertificates.findIndex((own) => own !== null && equalBytes(own, bits));
    if (privateKeyOf < 0) continue;
    const others =
      keys.length === 1 ? [] : ['The file holds several private keys: the one of its certificate is taken.'];
    return { ...file, privateKeyPkcs8: key, privateKeyOf, notes: [...file.notes, ...others] };
  }
  return { ...file, privateKeyPkcs8: firstKey, ...(unknown ? {} : { privateKeyOf: -1 }) };
}

async function fileOf(format: CertificateFile['format'], ders: readonly OwnedBytes[]): Promise<CertificateFile> {
  if (ders.length > MAX_CERTIFICATES) throw tooMany(ders.length);
  if (ders.length === 0) throw noCertificateIn('empty');
  const certificates = await Promise.all(ders.map(parseCertificate));
  return { format, certificates, hasPrivateKey: false, privateKeyEncrypted: false, notes: [] };
}

const tooMany = (count: number): CertificateFileError =>
  new CertificateFileError(
    'too-large',
    `The file holds ${count} certificates; at most ${MAX_CERTIFICATES} are read from one file.`,
  );
