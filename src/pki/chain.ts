import * as pkijs from 'pkijs';
import { type Asn1Node, childrenOf, oidOf, parseAsn1, rawOf } from './asn1.ts';
import { ed25519 } from './key-algorithms.ts';
import type { CertificateFacts } from './parse-certificate.ts';

/** What the chain rules read of a certificate; every CertificateFacts has it. */
export type ChainLink = Pick<CertificateFacts, 'der' | 'subjectDer' | 'issuerDer'>;

/**
 * Did the key of `parent` sign `child`, and does `child` name it as its issuer? Says nothing of dates, basic constraints or
 * usages. False also for signature algorithms that WebCrypto can't check (MD5, unusual curves).
 */
export async function isIssuedBy(child: ChainLink, parent: ChainLink): Promise<boolean> {
  return child.issuerDer === parent.subjectDer && (await signatureMatches(child.der, parent.der));
}

/** Same name on both ends and signed with its own key. */
export function isSelfSigned(certificate: ChainLink): Promise<boolean> {
  return isIssuedBy(certificate, certificate);
}

/**
 * The certificates from `leaf` upwards, `leaf` first, as far as issuers are found in `pool`; ends at a self-signed one.
 * With no issuer in the pool the chain is the leaf alone.
 */
export async function buildChain<T extends ChainLink>(leaf: T, pool: readonly T[]): Promise<T[]> {
  const chain = [leaf];
  const left = new Set(pool);
  for (let child = leaf; child.subjectDer !== child.issuerDer; ) {
    const parent = await issuerIn(child, left);
    if (!parent) break;
    left.delete(parent);
    chain.push(parent);
    child = parent;
  }
  return chain;
}

async function issuerIn<T extends ChainLink>(child: T, pool: Iterable<T>): Promise<T | undefined> {
  for (const candidate of pool) if (await isIssuedBy(child, candidate)) return candidate;
  return undefined;
}

async function signatureMatches(childDer: Uint8Array, parentDer: Uint8Array): Promise<boolean> {
  try {
    const child = parseAsn1(childDer);
    const parent = new pkijs.Certificate({ schema: parseAsn1(parentDer) });
    const signatureOid = oidOf(childrenOf(childrenOf(child)[1])[0]);
    if (signatureOid === ed25519) return await ed25519Matches(child, parent);
    return await new pkijs.Certificate({ schema: child }).verify(parent);
  } catch {
    return false;
  }
}

/** pkijs doesn't know EdDSA (RFC 8410). */
async function ed25519Matches(child: Asn1Node, parent: pkijs.Certificate): Promise<boolean> {
  const [tbs] = childrenOf(child);
  if (!tbs) return false;
  const spki = parent.subjectPublicKeyInfo.toSchema().toBER();
  const key = await crypto.subtle.importKey('spki', spki, { name: 'Ed25519' }, false, ['verify']);
  const signature = new pkijs.Certificate({ schema: child }).signatureValue.valueBlock.valueHexView.slice();
  return crypto.subtle.verify('Ed25519', key, signature, rawOf(tbs));
}
