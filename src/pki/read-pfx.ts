import * as asn1js from 'asn1js';
import { type Asn1Node, childrenOf, integerOf, octetsOf, oidOf, parseAsn1, rawOf } from './asn1.ts';
import { equalBytes, type OwnedBytes } from './bytes.ts';
import { CertificateFileError, notACertificate } from './certificate-file-error.ts';
import { type LegacyHash, loadLegacyCrypto } from './forge.ts';
import {
  decryptWithPassword,
  deriveWithPbkdf2,
  hashOfHmac,
  type Password,
  roundsOf,
  unsupported,
  type Work,
} from './password-encryption.ts';
import type { WorkBudget } from './work-budget.ts';

export interface PfxContent {
  /** DER, in the order of the file's bags. */
  certificates: OwnedBytes[];
  hasPrivateKey: boolean;
  /** PKCS#8, in the order of the file; empty unless asked for. */
  privateKeys: OwnedBytes[];
}

export interface PfxReading {
  /** Undefined: nobody was asked yet. '' is the same as none. */
  passphrase: string | undefined;
  withPrivateKey: boolean;
  /** Refuses what RavenDB (.NET) refuses: PBMAC1, and bags within bags. */
  asRavenDb: boolean;
  budget: WorkBudget;
}

/**
 * Rounds of one derivation up to which "no passphrase" is tried without a word; where the file asks for more, people are asked first.
 * RavenDB's own files and those of Windows have 2,000, those of OpenSSL 2,048, Java's 10,000.
 */
const TRIED_UNASKED = 100_000;

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
  '1.2.840.113549.2.5': 'md5',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** A safe nested in a safe nested in …: nobody writes more than one level. */
const MAX_SAFE_DEPTH = 4;

/**
 * Reads PKCS#12 (RFC 7292) in BER or DER, protected by a password or not, with a MAC or without. The content comes before the MAC: where
 * a passphrase is wrong its few native rounds tell so, and those of the MAC, slow ones, aren't spent.
 * @throws CertificateFileError
 */
export async function readPfx(root: Asn1Node, reading: PfxReading): Promise<PfxContent> {
  const { passphrase, budget } = reading;
  const [, authSafe, macData, ...more] = childrenOf(root);
  if (more.length > 0) throw notACertificate();
  const [type, content] = childrenOf(authSafe);
  if (oidOf(type) !== pkcs7Data) throw unsupported(oidOf(type));
  const safes = octetsOf(childrenOf(content)[0]);
  const dearest = foresee(safes, macData, budget);
  if (passphrase === undefined && dearest > TRIED_UNASKED) throw passphraseRequired();
  // Writers disagree on what "no passphrase" is: the empty password (two zero bytes) or none (no bytes).
  const passwords: Password[] = passphrase === undefined || passphrase === '' ? ['', null] : [passphrase];
  let found: PfxContent | null | undefined;
  const work = { budget, toldPasswordsApart: false };
  for (const password of passwords) {
    // What only PBKDF2 protects opens with both or with neither.
    if (found === undefined || work.toldPasswordsApart) found = await readSafes({ ...reading, work, password }, safes);
    if (found !== null && (!macData || (await macMatches(macData, safes, password, reading)))) return found;
  }
  if (passphrase === undefined || passphrase === '') throw passphraseRequired();
  throw new CertificateFileError(
    'passphrase-wrong',
    'The passphrase does not open this file. Check it and enter it again.',
  );
}

const passphraseRequired = () =>
  new CertificateFileError('passphrase-required', 'The file is protected by a passphrase. Enter it to read the file.');

/** Says to the budget what the file states. @returns the rounds of its dearest derivation */
function foresee(safes: Uint8Array, macData: Asn1Node | undefined, budget: WorkBudget): number {
  const macRounds = macData ? macRoundsOf(macData) : 0;
  budget.foresee(macRounds, 'js');
  let dearest = macRounds;
  let encrypted = false;
  for (const safe of childrenOf(parseAsn1(safes))) {
    const [typeNode, content] = childrenOf(safe);
    if (oidOf(typeNode) !== pkcs7EncryptedData) continue;
    const { rounds, how } = roundsOf(childrenOf(childrenOf(childrenOf(content)[0])[1])[1]);
    budget.foresee(rounds, how);
    // The first of them tells whether a password is right.
    dearest = encrypted ? dearest : rounds;
    encrypted = true;
  }
  return dearest;
}

const macRoundsOf = (macData: Asn1Node): number => {
  const iterations = childrenOf(macData)[2];
  return iterations ? integerOf(iterations) : 1;
};

interface Reader extends PfxReading {
  password: Password;
  work: Work;
}

async function macMatches(
  macData: Asn1Node,
  data: Uint8Array,
  password: Password,
  { budget, asRavenDb }: PfxReading,
): Promise<boolean> {
  const [digestInfo, saltNode] = childrenOf(macData);
  const [algorithm, digest] = childrenOf(digestInfo);
  const [oidNode, parameters] = childrenOf(algorithm);
  const oid = oidOf(oidNode);
  const expected = octetsOf(digest);
  const legacy = await loadLegacyCrypto();
  if (oid === pbmac1 && !asRavenDb) {
    const [derivation, scheme] = childrenOf(parameters).map((node) => childrenOf(node));
    const { hash } = hashOfHmac(oidOf(scheme?.[0]));
    const length = derivedLength(derivation?.[1]);
    const key = await deriveWithPbkdf2(derivation?.[1], password ?? '', length, budget);
    return equalBytes(legacy.hmac(hash, key, data), expected);
  }
  const hash = macHashes[oid];
  if (!hash) throw unsupported(oid);
  const iterations = macRoundsOf(macData);
  budget.spend(iterations);
  const key = legacy.deriveKey(password, {
    hash,
    salt: octetsOf(saltNode),
    purpose: 3,
    iterations,
    length: expected.length,
    onRound: budget.counter(iterations),
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

/** Null when the password is wrong. */
async function readSafes(reader: Reader, safes: Uint8Array): Promise<PfxContent | null> {
  const found: PfxContent = { certificates: [], hasPrivateKey: false, privateKeys: [] };
  for (const safe of childrenOf(parseAsn1(safes))) {
    const [typeNode, content] = childrenOf(safe);
    const type = oidOf(typeNode);
    const inner = childrenOf(content)[0];
    let bags: OwnedBytes | null;
    if (type === pkcs7Data) bags = octetsOf(inner);
    else if (type === pkcs7EncryptedData) {
      const [, algorithm, encrypted] = childrenOf(childrenOf(inner)[1]);
      bags = await decryptWithPassword(algorithm, octetsOf(encrypted), reader.password, reader.work);
      if (!bags || !looksLikeBags(bags)) return null;
    } else throw unsupported(type);
    if (!(await readBags(reader, found, parseAsn1(bags), 0))) return null;
  }
  return found;
}

async function readBags(reader: Reader, found: PfxContent, bags: Asn1Node, depth: number): Promise<boolean> {
  if (depth > MAX_SAFE_DEPTH) throw notACertificate();
  for (const bag of childrenOf(bags)) {
    const [typeNode, tagged] = childrenOf(bag);
    const type = oidOf(typeNode);
    const value = childrenOf(tagged)[0];
    if (type === bagTypes.certificate) {
      const [kind, certificate] = childrenOf(value);
      if (oidOf(kind) === x509Certificate) found.certificates.push(octetsOf(childrenOf(certificate)[0]));
    } else if (type === bagTypes.safeContents && value && !reader.asRavenDb) {
      if (!(await readBags(reader, found, value, depth + 1))) return false;
    } else if ((type === bagTypes.key || type === bagTypes.shroudedKey) && value) {
      found.hasPrivateKey = true;
      if (!reader.withPrivateKey) continue;
      const key = type === bagTypes.key ? rawOf(value) : await unshroud(reader, value);
      if (!key) return false;
      found.privateKeys.push(key);
    }
  }
  return true;
}

async function unshroud({ password, work }: Reader, value: Asn1Node): Promise<OwnedBytes | null> {
  const [algorithm, encrypted] = childrenOf(value);
  const { rounds, how } = roundsOf(algorithm);
  work.budget.foresee(rounds, how);
  const key = await decryptWithPassword(algorithm, octetsOf(encrypted), password, work);
  return key && looksLikeBags(key) ? key : null;
}

/** One wrong password in 256 leaves a padding that looks right; what it decrypts to isn't one SEQUENCE. */
function looksLikeBags(bytes: Uint8Array): boolean {
  try {
    return parseAsn1(bytes) instanceof asn1js.Sequence;
  } catch {
    return false;
  }
}
