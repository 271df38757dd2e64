import * as asn1js from 'asn1js';
import { type Asn1Node, childrenOf, isTagged, oidOf, octetsOf, parseAsn1, parseFirstAsn1, toDer } from './asn1.ts';
import { owned, type OwnedBytes } from './bytes.ts';
import { curveName, ecPublicKey, ed25519, rsaEncryption, rsaPss } from './key-algorithms.ts';

/** WebCrypto's CryptoKey: a global type in browsers, but not in Node's. */
export type WebKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

export interface GeneratedKey {
  publicKey: WebKey;
  privateKey: WebKey;
}

/** A private key of an algorithm that can't sign here, or something that isn't a PKCS#8 private key. Names no part of it. */
export class UnsupportedKeyError extends Error {
  override readonly name = 'UnsupportedKeyError';
}

export type NewKeyAlgorithm = 'RSA-4096' | 'RSA-3072' | 'P-256';

/** Makes an extractable key pair for signing. RSA-4096 takes seconds on a small machine. */
export function generateKey(algorithm: NewKeyAlgorithm): Promise<GeneratedKey> {
  return algorithm === 'P-256'
    ? crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
    : crypto.subtle.generateKey(
        {
          name: 'RSASSA-PKCS1-v1_5',
          hash: 'SHA-512',
          modulusLength: Number(algorithm.slice(4)),
          publicExponent: new Uint8Array([1, 0, 1]),
        },
        true,
        ['sign', 'verify'],
      );
}

export async function exportPrivateKey(key: WebKey): Promise<OwnedBytes> {
  return new Uint8Array(await crypto.subtle.exportKey('pkcs8', key));
}

/**
 * Imports a PKCS#8 private key for signing: RSA as SHA-512 with RSA (PKCS#1), P-256, P-384 and P-521 as ECDSA, Ed25519.
 * @throws UnsupportedKeyError for other algorithms and for what isn't a PKCS#8 key
 */
export async function importPrivateKey(pkcs8: Uint8Array, options?: { extractable: boolean }): Promise<WebKey> {
  const algorithm = algorithmOfPkcs8(pkcs8);
  const extractable = options?.extractable ?? false;
  return crypto.subtle.importKey('pkcs8', owned(pkcs8), algorithm, extractable, ['sign']).catch(() => {
    throw new UnsupportedKeyError('The private key is damaged.');
  });
}

/**
 * The content of the BIT STRING that a certificate of this PKCS#8 private key holds. Null where the key doesn't tell: DSA, and curves
 * beyond WebCrypto's whose public point was left out.
 */
export async function publicBitsOfKey(pkcs8: Uint8Array): Promise<OwnedBytes | null> {
  const { oid } = algorithmIdentifierOf(pkcs8);
  const parts = childrenOf(parseAsn1(pkcs8));
  const key = octetsOf(parts[2]);
  if (oid === rsaEncryption || oid === rsaPss) {
    const [, modulus, exponent] = childrenOf(parseAsn1(key));
    return modulus && exponent ? toDer(new asn1js.Sequence({ value: [modulus, exponent] })) : null;
  }
  // OneAsymmetricKey ([1], RFC 5958) and ECPrivateKey ([1], RFC 5915) may hold it.
  const written = [...parts, ...(oid === ecPublicKey ? childrenOf(parseAsn1(key)) : [])].find((node) =>
    isTagged(node, 1),
  );
  if (written instanceof asn1js.Primitive) return owned(written.valueBlock.valueHexView.subarray(1));
  const inner = written && childrenOf(written)[0];
  if (inner instanceof asn1js.BitString) return owned(inner.valueBlock.valueHexView);
  return publicBitsByWebCrypto(pkcs8).catch(() => null);
}

/** The same of a certificate. */
export function publicBitsOfCertificate(der: Uint8Array): OwnedBytes | null {
  const tbs = childrenOf(childrenOf(parseFirstAsn1(der).node)[0]);
  const [, bits] = childrenOf(tbs[isTagged(tbs[0], 0) ? 6 : 5]);
  return bits instanceof asn1js.BitString ? owned(bits.valueBlock.valueHexView) : null;
}

async function publicBitsByWebCrypto(pkcs8: Uint8Array): Promise<OwnedBytes | null> {
  const key = await importPrivateKey(pkcs8, { extractable: true });
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', key);
  const present = Object.fromEntries(Object.entries({ kty, crv, x, y }).filter(([, part]) => part !== undefined));
  const publicKey = await crypto.subtle.importKey('jwk', present, algorithmOfPkcs8(pkcs8), true, ['verify']);
  const spki = await crypto.subtle.exportKey('spki', publicKey);
  const [, bits] = childrenOf(parseAsn1(new Uint8Array(spki)));
  return bits instanceof asn1js.BitString ? owned(bits.valueBlock.valueHexView) : null;
}

/** The PKCS#1 RSAPrivateKey inside a PKCS#8 key, or null when it isn't RSA. */
export function pkcs1OfPkcs8(pkcs8: Uint8Array): OwnedBytes | null {
  const [, algorithm, key] = childrenOf(parseAsn1(pkcs8));
  return oidOf(childrenOf(algorithm)[0]) === rsaEncryption ? octetsOf(key) : null;
}

type SigningAlgorithm =
  | { name: 'RSASSA-PKCS1-v1_5'; hash: 'SHA-512' }
  | { name: 'ECDSA'; namedCurve: string }
  | { name: 'Ed25519' };

function algorithmOfPkcs8(pkcs8: Uint8Array): SigningAlgorithm {
  const { oid, parameters } = algorithmIdentifierOf(pkcs8);
  if (oid === rsaEncryption) return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' };
  if (oid === ecPublicKey) {
    const namedCurve = curveName(oidOf(parameters));
    if (['P-256', 'P-384', 'P-521'].includes(namedCurve)) return { name: 'ECDSA', namedCurve };
  }
  if (oid === ed25519) return { name: 'Ed25519' };
  throw new UnsupportedKeyError(
    `Private keys of the algorithm ${oid} are not supported: use RSA, P-256, P-384 or P-521.`,
  );
}

function algorithmIdentifierOf(pkcs8: Uint8Array): { oid: string; parameters: Asn1Node | undefined } {
  try {
    const [oidNode, parameters] = childrenOf(childrenOf(parseAsn1(pkcs8))[1]);
    return { oid: oidOf(oidNode), parameters };
  } catch {
    throw new UnsupportedKeyError('This is not a PKCS#8 private key.');
  }
}
