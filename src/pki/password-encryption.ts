import * as asn1js from 'asn1js';
import { type Asn1Node, childrenOf, integerOf, octetsOf, oidOf } from './asn1.ts';
import { type OwnedBytes, owned } from './bytes.ts';
import { CertificateFileError, notACertificate } from './certificate-file-error.ts';
import { type LegacyCipher, type LegacyHash, loadLegacyCrypto } from './forge.ts';
import type { WorkBudget } from './work-budget.ts';

/** Null is "no password at all": the key derivation of PKCS#12 tells it from the empty one. */
export type Password = string | null;

export const pbes2 = '1.2.840.113549.1.5.13';
export const pbkdf2 = '1.2.840.113549.1.5.12';
export const aes256Cbc = '2.16.840.1.101.3.4.1.42';
export const hmacWithSha256 = '1.2.840.113549.2.9';
export const pbeWithSha1And3Des = '1.2.840.113549.1.12.1.3';
const scryptOid = '1.3.6.1.4.1.11591.4.11';

/** RFC 7292 appendix C. RC4 isn't among them: RavenDB doesn't read it either. */
const pkcs12Ciphers: Record<string, { cipher: LegacyCipher; keyBytes: number }> = {
  [pbeWithSha1And3Des]: { cipher: '3DES-CBC', keyBytes: 24 },
  '1.2.840.113549.1.12.1.4': { cipher: '3DES-CBC', keyBytes: 16 },
  '1.2.840.113549.1.12.1.5': { cipher: 'RC2-CBC', keyBytes: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'RC2-CBC', keyBytes: 5 },
};

/** PBES1 (RFC 8018 appendix A.3): eight bytes of key and eight of initialisation vector. */
const pbes1Ciphers: Record<string, { cipher: LegacyCipher; hash: LegacyHash }> = {
  '1.2.840.113549.1.5.3': { cipher: 'DES-CBC', hash: 'md5' },
  '1.2.840.113549.1.5.6': { cipher: 'RC2-CBC', hash: 'md5' },
  '1.2.840.113549.1.5.10': { cipher: 'DES-CBC', hash: 'sha1' },
  '1.2.840.113549.1.5.11': { cipher: 'RC2-CBC', hash: 'sha1' },
};

const rc2 = '1.2.840.113549.3.2';
const pbes2Ciphers: Record<string, { cipher: LegacyCipher; keyBytes: number }> = {
  '2.16.840.1.101.3.4.1.2': { cipher: 'AES-CBC', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { cipher: 'AES-CBC', keyBytes: 24 },
  [aes256Cbc]: { cipher: 'AES-CBC', keyBytes: 32 },
  '1.2.840.113549.3.7': { cipher: '3DES-CBC', keyBytes: 24 },
  '1.3.14.3.2.7': { cipher: 'DES-CBC', keyBytes: 8 },
  [rc2]: { cipher: 'RC2-CBC', keyBytes: 16 },
};
/** How PBES2 states the effective bits of an RC2 key (RFC 8018 appendix B.2.3); from 256 on the number is the bits. */
const rc2Versions: Record<number, number> = { 160: 40, 120: 64, 58: 128 };

const pseudoRandomFunctions: Record<string, { name: string; hash: LegacyHash }> = {
  '1.2.840.113549.2.7': { name: 'SHA-1', hash: 'sha1' },
  [hmacWithSha256]: { name: 'SHA-256', hash: 'sha256' },
  '1.2.840.113549.2.10': { name: 'SHA-384', hash: 'sha384' },
  '1.2.840.113549.2.11': { name: 'SHA-512', hash: 'sha512' },
};

/** What people know the algorithms as that can't be read here. */
const namesOfOthers: Record<string, string> = {
  '1.2.840.113549.1.5.1': 'DES with MD2',
  '1.2.840.113549.1.5.4': 'RC2 with MD2',
  '1.2.840.113549.1.12.1.1': 'RC4',
  '1.2.840.113549.1.12.1.2': 'RC4',
  '1.2.392.200011.61.1.1.1.2': 'Camellia',
  '1.2.392.200011.61.1.1.1.3': 'Camellia',
  '1.2.392.200011.61.1.1.1.4': 'Camellia',
  '1.2.410.200004.1.4': 'SEED',
  '2.16.840.1.101.3.4.1.46': 'AES-256-GCM',
};

export interface Work {
  readonly budget: WorkBudget;
  /** Set when something was derived for which the empty password and none at all differ. */
  toldPasswordsApart: boolean;
}

/** How long the derivation of an AlgorithmIdentifier takes, as far as it is understood: for progress, and for asking first. */
export function roundsOf(algorithm: Asn1Node | undefined): { rounds: number; how: 'js' | 'native' } {
  try {
    const [oidNode, parameters] = childrenOf(algorithm);
    if (oidOf(oidNode) !== pbes2) {
      // Key and initialisation vector are derived each, but for PBES1.
      const times = pkcs12Ciphers[oidOf(oidNode)] === undefined ? 1 : 2;
      return { rounds: times * integerOf(childrenOf(parameters)[1]), how: 'js' };
    }
    const [derivationOid, derivation] = childrenOf(childrenOf(parameters)[0]);
    return { rounds: oidOf(derivationOid) === pbkdf2 ? integerOf(childrenOf(derivation)[1]) : 1, how: 'native' };
  } catch {
    return { rounds: 0, how: 'native' };
  }
}

/**
 * Decrypts what a password-based scheme (PBES1 and PBES2 of RFC 8018, or those of PKCS#12) encrypted.
 * @param algorithm the AlgorithmIdentifier
 * @returns null when the padding shows that the password is wrong
 * @throws CertificateFileError 'encryption-unsupported', 'too-expensive', 'not-a-certificate'
 */
export async function decryptWithPassword(
  algorithm: Asn1Node | undefined,
  data: Uint8Array,
  password: Password,
  work: Work,
): Promise<OwnedBytes | null> {
  const [oidNode, parameters] = childrenOf(algorithm);
  const oid = oidOf(oidNode);
  if (oid === pbes2) return decryptPbes2(parameters, data, password ?? '', work.budget);
  const scheme = pkcs12Ciphers[oid];
  const old = pbes1Ciphers[oid];
  if (!scheme && !old) throw unsupported(oid);
  const [saltNode, iterationsNode] = childrenOf(parameters);
  const iterations = integerOf(iterationsNode);
  const salt = octetsOf(saltNode);
  const legacy = await loadLegacyCrypto();
  const derive = <T>(by: (onRound: () => void) => T): T => {
    work.budget.spend(iterations);
    return by(work.budget.counter(iterations));
  };
  if (old) {
    const both = derive((onRound) =>
      legacy.deriveOldKey(password ?? '', { hash: old.hash, salt, iterations, onRound }),
    );
    return decryptLegacy({ cipher: old.cipher, key: both.slice(0, 8), iv: both.slice(8), data });
  }
  if (!scheme) throw unsupported(oid);
  work.toldPasswordsApart = true;
  const shared = { hash: 'sha1', salt, iterations } as const;
  const key = derive((onRound) =>
    legacy.deriveKey(password, { ...shared, purpose: 1, length: scheme.keyBytes, onRound }),
  );
  const iv = derive((onRound) => legacy.deriveKey(password, { ...shared, purpose: 2, length: 8, onRound }));
  return decryptLegacy({ cipher: scheme.cipher, key, iv, data });
}

/** Key for an HMAC by PBKDF2 parameters (RFC 9579). */
export async function deriveWithPbkdf2(
  parameters: Asn1Node | undefined,
  password: string,
  keyBytes: number,
  budget: WorkBudget,
): Promise<OwnedBytes> {
  const [saltNode, iterationsNode, ...rest] = childrenOf(parameters);
  const rounds = integerOf(iterationsNode);
  const prfNode = rest.find((node) => node instanceof asn1js.Sequence);
  const prf = prfNode ? hashOfHmac(oidOf(childrenOf(prfNode)[0])).name : 'SHA-1';
  if ((statedKeyBytes(parameters) ?? keyBytes) !== keyBytes) throw notACertificate();
  budget.spend(rounds);
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(password), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const salt = octetsOf(saltNode);
  const bits = await budget.native(rounds, (iterations) =>
    crypto.subtle.deriveBits({ name: 'PBKDF2', salt, iterations, hash: prf }, secret, keyBytes * 8),
  );
  return new Uint8Array(bits);
}

export function hashOfHmac(oid: string): { name: string; hash: LegacyHash } {
  const known = pseudoRandomFunctions[oid];
  if (!known) throw unsupported(oid);
  return known;
}

export function unsupported(oid: string): CertificateFileError {
  return new CertificateFileError(
    'encryption-unsupported',
    `The file is protected by an algorithm that can't be read here (${namesOfOthers[oid] ?? oid}). Export it again with AES-256.`,
  );
}

async function decryptPbes2(
  parameters: Asn1Node | undefined,
  data: Uint8Array,
  password: string,
  budget: WorkBudget,
): Promise<OwnedBytes | null> {
  const [derivation, encryption] = childrenOf(parameters).map((node) => childrenOf(node));
  const derivationOid = oidOf(derivation?.[0]);
  const cipherOid = oidOf(encryption?.[0]);
  const scheme = pbes2Ciphers[cipherOid];
  if (!scheme) throw unsupported(cipherOid);
  const { cipher, keyBytes } = scheme;
  const derive = (bytes: number): Promise<OwnedBytes> => {
    if (derivationOid === pbkdf2) return deriveWithPbkdf2(derivation?.[1], password, bytes, budget);
    if (derivationOid === scryptOid) return deriveWithScrypt(derivation?.[1], password, bytes);
    throw unsupported(derivationOid);
  };
  if (cipherOid === rc2) {
    const [version, iv] = childrenOf(encryption?.[1]);
    const number = integerOf(version);
    const effectiveBits = rc2Versions[number] ?? number;
    const key = await derive(statedKeyBytes(derivation?.[1]) ?? keyBytes);
    return decryptLegacy({ cipher, key, iv: octetsOf(iv), data, effectiveBits });
  }
  const iv = octetsOf(encryption?.[1]);
  const key = await derive(keyBytes);
  // WebCrypto has no DES of either kind, and Chromium's no AES-192.
  if (cipher !== 'AES-CBC' || keyBytes === 24) return decryptLegacy({ cipher, key, iv, data });
  const aes = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['decrypt']);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, aes, owned(data)));
  } catch {
    return null;
  }
}

/** The optional key length of PBKDF2's parameters, in bytes. */
function statedKeyBytes(parameters: Asn1Node | undefined): number | undefined {
  const stated = childrenOf(parameters).filter((node) => node instanceof asn1js.Integer)[1];
  if (stated === undefined) return undefined;
  const bytes = integerOf(stated);
  if (bytes < 1 || bytes > 128) throw notACertificate();
  return bytes;
}

/** RFC 7914 §7: salt, N, r, p. `openssl pkcs8 -topk8 -scrypt` takes 16 MB; more than 256 MB is refused. */
async function deriveWithScrypt(
  parameters: Asn1Node | undefined,
  password: string,
  keyBytes: number,
): Promise<OwnedBytes> {
  const [saltNode, ...numbers] = childrenOf(parameters);
  const [N = 0, r = 0, p = 0] = numbers.map(integerOf);
  const memory = 128 * N * r;
  if (!(N >= 2 && r >= 1 && p >= 1 && memory <= 256 * 1024 * 1024 && memory * p <= 2 ** 30))
    throw new CertificateFileError(
      'too-expensive',
      'The private key asks for too much memory or time to be opened (scrypt). Export it again with fewer rounds.',
    );
  const { scryptAsync } = await import('@noble/hashes/scrypt.js');
  const options = { N, r, p, dkLen: keyBytes, maxmem: memory + 128 * r * p + 4096 };
  return owned(await scryptAsync(new TextEncoder().encode(password), octetsOf(saltNode), options));
}

interface Ciphertext {
  cipher: LegacyCipher;
  key: OwnedBytes;
  iv: OwnedBytes;
  data: Uint8Array;
  effectiveBits?: number;
}

async function decryptLegacy({ cipher, key, iv, data, effectiveBits }: Ciphertext): Promise<OwnedBytes | null> {
  const block = cipher === 'AES-CBC' ? 16 : 8;
  if (data.length === 0 || data.length % block !== 0 || iv.length !== block) return null;
  // Two-key Triple DES uses the first key again as the third.
  const full = cipher === '3DES-CBC' && key.length === 16 ? Uint8Array.from([...key, ...key.subarray(0, 8)]) : key;
  return (await loadLegacyCrypto()).decrypt(cipher, full, iv, data, effectiveBits);
}
