import * as asn1js from 'asn1js';
import { type Asn1Node, childrenOf, integerOf, octetsOf, oidOf, parseAsn1 } from './asn1.ts';
import { equalBytes, type OwnedBytes } from './bytes.ts';
import { CertificateFileError, notACertificate } from './certificate-file-error.ts';
import { type LegacyHash, loadLegacyCrypto } from './forge.ts';
import {
  decryptWithPassword,
  deriveWithPbkdf2,
  hashOfHmac,
  type Password,
  unsupported,
} from './password-encryption.ts';
import { newBudget, spend, type WorkBudget } from './work-budget.ts';

export interface PfxContent {
  /** DER, in the order of the file's bags. */
  certificates: OwnedBytes[];
  hasPrivateKey: boolean;
  /** PKCS#8 of the first key; null unless asked for. */
  privateKeyPkcs8: OwnedBytes | null;
}

export const pkcs7Data = '1.2.840.113549.1.7.1';
export const pkcs7EncryptedData = '1.2.840.113549.1.7.6';
export const bagTypes = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  safeContents: '1.2.840.113549.1.12.10.1.6',
} as const;
export const x509Certificate = '1.2.840.113549.1.9.22.1';

const pbmac1 = '1.2.840.113549.1.5.14';
const macHashes: Record<string, LegacyHash> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** A safe nested in a safe nested in …: nobody writes more than one level. */
const MAX_SAFE_DEPTH = 4;

/**
 * Reads PKCS#12 (RFC 7292) in BER or DER, protected by a password or not, with a MAC or without.
 * @throws CertificateFileError
 */
export async function readPfx(root: Asn1Node, passphrase: string, withPrivateKey: boolean): Promise<PfxContent> {
  const [, authSafe, macData] = childrenOf(root);
  const [type, content] = childrenOf(authSafe);
  if (oidOf(type) !== pkcs7Data) throw unsupported(oidOf(type));
  const safes = octetsOf(childrenOf(content)[0]);
  const budget = newBudget();
  // Writers disagree on what "no passphrase" is: the empty password (two zero bytes) or none (no bytes).
  const passwords: Password[] = passphrase === '' ? ['', null] : [passphrase];
  for (const password of passwords) {
    if (macData && !(await macMatches(macData, safes, password, budget))) continue;
    const found: PfxContent = { certificates: [], hasPrivateKey: false, privateKeyPkcs8: null };
    const reader = { password, budget, withPrivateKey, found };
    if (await readSafes(reader, safes)) return found;
  }
  throw passphrase === ''
    ? new CertificateFileError(
        'passphrase-required',
        'The file is protected by a passphrase. Enter it to read the file.',
      )
    : new CertificateFileError(
        'passphrase-wrong',
        'The passphrase does not open this file. Check it and enter it again.',
      );
}

interface Reader {
  password: Password;
  budget: WorkBudget;
  withPrivateKey: boolean;
  found: PfxContent;
}

async function macMatches(
  macData: Asn1Node,
  data: Uint8Array,
  password: Password,
  budget: WorkBudget,
): Promise<boolean> {
  const [digestInfo, saltNode, iterationsNode] = childrenOf(macData);
  const [algorithm, digest] = childrenOf(digestInfo);
  const [oidNode, parameters] = childrenOf(algorithm);
  const oid = oidOf(oidNode);
  const expected = octetsOf(digest);
  const legacy = await loadLegacyCrypto();
  if (oid === pbmac1) {
    const [derivation, scheme] = childrenOf(parameters).map((node) => childrenOf(node));
    const { hash } = hashOfHmac(oidOf(scheme?.[0]));
    const length = derivedLength(derivation?.[1]);
    const key = await deriveWithPbkdf2(derivation?.[1], password ?? '', length, budget);
    return equalBytes(legacy.hmac(hash, key, data), expected);
  }
  const hash = macHashes[oid];
  if (!hash) throw unsupported(oid);
  const iterations = iterationsNode ? integerOf(iterationsNode) : 1;
  spend(budget, iterations);
  const key = legacy.deriveKey(password, {
    hash,
    salt: octetsOf(saltNode),
    purpose: 3,
    iterations,
    length: expected.length,
  });
  return equalBytes(legacy.hmac(hash, key, data), expected);
}

/** RFC 9579 makes keyLength of the PBKDF2 parameters mandatory. */
function derivedLength(parameters: Asn1Node | undefined): number {
  const length = childrenOf(parameters).filter((node) => node instanceof asn1js.Integer)[1];
  const bytes = integerOf(length);
  if (bytes < 1 || bytes > 64) throw notACertificate();
  return bytes;
}

/** False when the password is wrong (which only shows here in files without a MAC). */
async function readSafes(reader: Reader, safes: Uint8Array): Promise<boolean> {
  for (const safe of childrenOf(parseAsn1(safes))) {
    const [typeNode, content] = childrenOf(safe);
    const type = oidOf(typeNode);
    const inner = childrenOf(content)[0];
    let bags: OwnedBytes | null;
    if (type === pkcs7Data) bags = octetsOf(inner);
    else if (type === pkcs7EncryptedData) {
      const [, algorithm, encrypted] = childrenOf(childrenOf(inner)[1]);
      bags = await decryptWithPassword(algorithm, octetsOf(encrypted), reader.password, reader.budget);
      if (!bags || !looksLikeBags(bags)) return false;
    } else throw unsupported(type);
    if (!(await readBags(reader, parseAsn1(bags), 0))) return false;
  }
  return true;
}

async function readBags(reader: Reader, bags: Asn1Node, depth: number): Promise<boolean> {
  if (depth > MAX_SAFE_DEPTH) throw notACertificate();
  for (const bag of childrenOf(bags)) {
    const [typeNode, tagged] = childrenOf(bag);
    const type = oidOf(typeNode);
    const value = childrenOf(tagged)[0];
    if (type === bagTypes.certificate) {
      const [kind, certificate] = childrenOf(value);
      if (oidOf(kind) === x509Certificate) reader.found.certificates.push(octetsOf(childrenOf(certificate)[0]));
    } else if (type === bagTypes.safeContents && value) {
      if (!(await readBags(reader, value, depth + 1))) return false;
    } else if (type === bagTypes.key || type === bagTypes.shroudedKey) {
      reader.found.hasPrivateKey = true;
      if (!(await readKey(reader, type, value))) return false;
    }
  }
  return true;
}

async function readKey({ withPrivateKey, found, password, budget }: Reader, type: string, value?: Asn1Node) {
  if (!withPrivateKey || found.privateKeyPkcs8 || !value) return true;
  if (type === bagTypes.key) {
    found.privateKeyPkcs8 = new Uint8Array(value.valueBeforeDecodeView);
    return true;
  }
  const [algorithm, encrypted] = childrenOf(value);
  const key = await decryptWithPassword(algorithm, octetsOf(encrypted), password, budget);
  if (!key || !looksLikeBags(key)) return false;
  found.privateKeyPkcs8 = key;
  return true;
}

/** One wrong password in 256 leaves a padding that looks right; what it decrypts to isn't one SEQUENCE. */
function looksLikeBags(bytes: Uint8Array): boolean {
  try {
    return parseAsn1(bytes) instanceof asn1js.Sequence;
  } catch {
    return false;
  }
}
