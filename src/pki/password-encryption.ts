import * as asn1js from 'asn1js';
import { type Asn1Node, childrenOf, integerOf, octetsOf, oidOf } from './asn1.ts';
import { type OwnedBytes, owned } from './bytes.ts';
import { CertificateFileError } from './certificate-file-error.ts';
import { type LegacyCipher, type LegacyCrypto, type LegacyHash, loadLegacyCrypto } from './forge.ts';
import { spend, type WorkBudget } from './work-budget.ts';

/** Null is "no password at all": the key derivation of PKCS#12 tells it from the empty one. */
export type Password = string | null;

export const pbes2 = '1.2.840.113549.1.5.13';
export const pbkdf2 = '1.2.840.113549.1.5.12';
export const aes256Cbc = '2.16.840.1.101.3.4.1.42';
export const hmacWithSha256 = '1.2.840.113549.2.9';
export const pbeWithSha1And3Des = '1.2.840.113549.1.12.1.3';

/** RFC 7292 appendix C. RC4 isn't among them: nobody writes it. */
const pkcs12Ciphers: Record<string, { cipher: LegacyCipher; keyBytes: number }> = {
  [pbeWithSha1And3Des]: { cipher: '3DES-CBC', keyBytes: 24 },
  '1.2.840.113549.1.12.1.4': { cipher: '3DES-CBC', keyBytes: 16 },
  '1.2.840.113549.1.12.1.5': { cipher: 'RC2-128-CBC', keyBytes: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'RC2-40-CBC', keyBytes: 5 },
};

const pbes2Ciphers: Record<string, { cipher: LegacyCipher; keyBytes: number }> = {
  '2.16.840.1.101.3.4.1.2': { cipher: 'AES-CBC', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { cipher: 'AES-CBC', keyBytes: 24 },
  [aes256Cbc]: { cipher: 'AES-CBC', keyBytes: 32 },
  '1.2.840.113549.3.7': { cipher: '3DES-CBC', keyBytes: 24 },
};

const pseudoRandomFunctions: Record<string, { name: string; hash: LegacyHash }> = {
  '1.2.840.113549.2.7': { name: 'SHA-1', hash: 'sha1' },
  [hmacWithSha256]: { name: 'SHA-256', hash: 'sha256' },
  '1.2.840.113549.2.10': { name: 'SHA-384', hash: 'sha384' },
  '1.2.840.113549.2.11': { name: 'SHA-512', hash: 'sha512' },
};

/**
 * Decrypts what a password-based scheme (PBES2 of RFC 8018, or those of PKCS#12) encrypted.
 * @param algorithm the AlgorithmIdentifier
 * @returns null when the padding shows that the password is wrong
 * @throws CertificateFileError 'encryption-unsupported', 'too-expensive', 'not-a-certificate'
 */
export async function decryptWithPassword(
  algorithm: Asn1Node | undefined,
  data: Uint8Array,
  password: Password,
  budget: WorkBudget,
): Promise<OwnedBytes | null> {
  const [oidNode, parameters] = childrenOf(algorithm);
  const oid = oidOf(oidNode);
  if (oid === pbes2) return decryptPbes2(parameters, data, password ?? '', budget);
  const scheme = pkcs12Ciphers[oid];
  if (!scheme) throw unsupported(oid);
  const [saltNode, iterationsNode] = childrenOf(parameters);
  const iterations = integerOf(iterationsNode);
  spend(budget, iterations);
  const legacy = await loadLegacyCrypto();
  const shared = { hash: 'sha1', salt: octetsOf(saltNode), iterations } as const;
  const derived = legacy.deriveKey(password, { ...shared, purpose: 1, length: scheme.keyBytes });
  const iv = legacy.deriveKey(password, { ...shared, purpose: 2, length: 8 });
  return decryptLegacy(legacy, scheme.cipher, derived, iv, data);
}

/** Key for an HMAC by PBKDF2 parameters (RFC 9579). */
export async function deriveWithPbkdf2(
  parameters: Asn1Node | undefined,
  password: string,
  keyBytes: number,
  budget: WorkBudget,
): Promise<OwnedBytes> {
  const [saltNode, iterationsNode, ...rest] = childrenOf(parameters);
  const iterations = integerOf(iterationsNode);
  const prfNode = rest.find((node) => node instanceof asn1js.Sequence);
  const prf = prfNode ? hashOfHmac(oidOf(childrenOf(prfNode)[0])).name : 'SHA-1';
  spend(budget, iterations);
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(password), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const params = { name: 'PBKDF2', salt: octetsOf(saltNode), iterations, hash: prf };
  return new Uint8Array(await crypto.subtle.deriveBits(params, secret, keyBytes * 8));
}

export function hashOfHmac(oid: string): { name: string; hash: LegacyHash } {
  const known = pseudoRandomFunctions[oid];
  if (!known) throw unsupported(oid);
  return known;
}

export function unsupported(oid: string): CertificateFileError {
  return new CertificateFileError(
    'encryption-unsupported',
    `The file is protected by an algorithm that can't be read here (${oid}). Export it again with AES-256.`,
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
  if (derivationOid !== pbkdf2) throw unsupported(derivationOid);
  const cipherOid = oidOf(encryption?.[0]);
  const scheme = pbes2Ciphers[cipherOid];
  if (!scheme) throw unsupported(cipherOid);
  const iv = octetsOf(encryption?.[1]);
  const key = await deriveWithPbkdf2(derivation?.[1], password, scheme.keyBytes, budget);
  // WebCrypto has no Triple DES, and Chromium's no AES-192.
  if (scheme.cipher !== 'AES-CBC' || scheme.keyBytes === 24)
    return decryptLegacy(await loadLegacyCrypto(), scheme.cipher, key, iv, data);
  const aes = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['decrypt']);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, aes, owned(data)));
  } catch {
    return null;
  }
}

function decryptLegacy(legacy: LegacyCrypto, cipher: LegacyCipher, key: OwnedBytes, iv: OwnedBytes, data: Uint8Array) {
  const block = cipher === 'AES-CBC' ? 16 : 8;
  if (data.length === 0 || data.length % block !== 0 || iv.length !== block) return null;
  // Two-key Triple DES uses the first key again as the third.
  const full = cipher === '3DES-CBC' && key.length === 16 ? Uint8Array.from([...key, ...key.subarray(0, 8)]) : key;
  return legacy.decrypt(cipher, full, iv, data);
}
