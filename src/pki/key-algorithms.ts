import * as asn1js from 'asn1js';
import { type Asn1Node, childrenOf, oidOf, parseAsn1 } from './asn1.ts';

export const rsaEncryption = '1.2.840.113549.1.1.1';
export const ecPublicKey = '1.2.840.10045.2.1';
export const rsaPss = '1.2.840.113549.1.1.10';
export const ed25519 = '1.3.101.112';

/** Bits as far as the algorithm itself says. */
const otherKeys: Record<string, { keyAlgorithm: string; keySize: number }> = {
  [ed25519]: { keyAlgorithm: 'Ed25519', keySize: 256 },
  '1.3.101.113': { keyAlgorithm: 'Ed448', keySize: 456 },
  '1.3.101.110': { keyAlgorithm: 'X25519', keySize: 256 },
  '1.3.101.111': { keyAlgorithm: 'X448', keySize: 448 },
  '1.2.840.10040.4.1': { keyAlgorithm: 'DSA', keySize: 0 },
  '1.2.840.113549.1.3.1': { keyAlgorithm: 'DH', keySize: 0 },
  '1.2.840.10046.2.1': { keyAlgorithm: 'DH', keySize: 0 },
  '1.2.643.2.2.19': { keyAlgorithm: 'GOST', keySize: 0 },
  '1.2.643.7.1.1.1.1': { keyAlgorithm: 'GOST', keySize: 256 },
  '1.2.643.7.1.1.1.2': { keyAlgorithm: 'GOST', keySize: 512 },
  '2.16.840.1.101.3.4.3.17': { keyAlgorithm: 'ML-DSA-44', keySize: 0 },
  '2.16.840.1.101.3.4.3.18': { keyAlgorithm: 'ML-DSA-65', keySize: 0 },
  '2.16.840.1.101.3.4.3.19': { keyAlgorithm: 'ML-DSA-87', keySize: 0 },
};

const curves: Record<string, { curve: string; bits: number }> = {
  '1.2.840.10045.3.1.1': { curve: 'P-192', bits: 192 },
  '1.3.132.0.33': { curve: 'P-224', bits: 224 },
  '1.2.840.10045.3.1.7': { curve: 'P-256', bits: 256 },
  '1.3.132.0.34': { curve: 'P-384', bits: 384 },
  '1.3.132.0.35': { curve: 'P-521', bits: 521 },
  '1.3.132.0.10': { curve: 'secp256k1', bits: 256 },
  '1.3.132.0.32': { curve: 'secp224k1', bits: 224 },
  '1.3.132.0.31': { curve: 'secp192k1', bits: 192 },
  '1.2.156.10197.1.301': { curve: 'SM2', bits: 256 },
  '1.3.132.0.16': { curve: 'sect283k1', bits: 283 },
  '1.3.132.0.17': { curve: 'sect283r1', bits: 283 },
  '1.3.36.3.3.2.8.1.1.5': { curve: 'brainpoolP224r1', bits: 224 },
  '1.3.36.3.3.2.8.1.1.7': { curve: 'brainpoolP256r1', bits: 256 },
  '1.3.36.3.3.2.8.1.1.8': { curve: 'brainpoolP256t1', bits: 256 },
  '1.3.36.3.3.2.8.1.1.9': { curve: 'brainpoolP320r1', bits: 320 },
  '1.3.36.3.3.2.8.1.1.11': { curve: 'brainpoolP384r1', bits: 384 },
  '1.3.36.3.3.2.8.1.1.12': { curve: 'brainpoolP384t1', bits: 384 },
  '1.3.36.3.3.2.8.1.1.13': { curve: 'brainpoolP512r1', bits: 512 },
  '1.3.36.3.3.2.8.1.1.14': { curve: 'brainpoolP512t1', bits: 512 },
};

const signatures: Record<string, string> = {
  '1.2.840.113549.1.1.4': 'MD5 with RSA',
  '1.2.840.113549.1.1.5': 'SHA-1 with RSA',
  [rsaPss]: 'RSA-PSS',
  '1.2.840.113549.1.1.11': 'SHA-256 with RSA',
  '1.2.840.113549.1.1.12': 'SHA-384 with RSA',
  '1.2.840.113549.1.1.13': 'SHA-512 with RSA',
  '1.2.840.113549.1.1.14': 'SHA-224 with RSA',
  '2.16.840.1.101.3.4.3.14': 'SHA3-256 with RSA',
  '1.2.840.10040.4.3': 'SHA-1 with DSA',
  '2.16.840.1.101.3.4.3.1': 'SHA-224 with DSA',
  '2.16.840.1.101.3.4.3.2': 'SHA-256 with DSA',
  '1.2.840.10045.4.1': 'SHA-1 with ECDSA',
  '1.2.840.10045.4.3.2': 'SHA-256 with ECDSA',
  '1.2.840.10045.4.3.3': 'SHA-384 with ECDSA',
  '1.2.840.10045.4.3.4': 'SHA-512 with ECDSA',
  '1.2.840.10045.4.3.1': 'SHA-224 with ECDSA',
  [ed25519]: 'Ed25519',
  '1.3.101.113': 'Ed448',
  '1.2.156.10197.1.501': 'SM3 with SM2',
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
};

export function signatureName(oid: string): string {
  return signatures[oid] ?? oid;
}

/** Name of a named curve, or its OID when it isn't one that we know. */
export function curveName(oid: string): string {
  return curves[oid]?.curve ?? oid;
}

/** Reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
export function describeKey(publicKeyInfo: Asn1Node): { keyAlgorithm: string; keySize: number; curve: string | null } {
  const [algorithm, bits] = childrenOf(publicKeyInfo);
  const [oidNode, parameters] = childrenOf(algorithm);
  const oid = oidOf(oidNode);
  if (oid === rsaEncryption) return { keyAlgorithm: 'RSA', keySize: modulusBits(bits), curve: null };
  if (oid === rsaPss) return { keyAlgorithm: 'RSA-PSS', keySize: modulusBits(bits), curve: null };
  if (oid === ecPublicKey) {
    const curve = parameters instanceof asn1js.ObjectIdentifier ? oidOf(parameters) : 'explicit';
    return { keyAlgorithm: 'EC', keySize: curves[curve]?.bits ?? 0, curve: curveName(curve) };
  }
  return { ...(otherKeys[oid] ?? { keyAlgorithm: oid, keySize: 0 }), curve: null };
}

function modulusBits(bits: Asn1Node | undefined): number {
  if (!(bits instanceof asn1js.BitString)) return 0;
  const modulus = childrenOf(parseAsn1(bits.valueBlock.valueHexView))[0];
  if (!(modulus instanceof asn1js.Integer)) return 0;
  const bytes = modulus.valueBlock.valueHexView;
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? 0 : (bytes.length - start) * 8 - Math.clz32(bytes[start] ?? 0) + 24;
}
