import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { isInForce, pinningHashOf } from './peer-certificate.ts';

let systemRoots: Map<string, X509Certificate[]> | undefined;

/** The roots that this machine trusts by their subject; parsed once, at the first certificate that needs them. */
function rootsOf(subject: string): readonly X509Certificate[] {
  if (systemRoots === undefined) {
    systemRoots = new Map();
    for (const pem of rootCertificates) {
      const root = new X509Certificate(pem);
      systemRoots.set(root.subject, [...(systemRoots.get(root.subject) ?? []), root]);
    }
  }
  return systemRoots.get(subject) ?? [];
}

function signed(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/**
 * The chain from a certificate upwards as far as it can be built from the given certificates and, unless told otherwise, this machine's
 * roots; the certificate itself comes first. Signatures are checked; dates aren't.
 */
export function buildChain(
  certificate: X509Certificate,
  known: readonly X509Certificate[],
  withSystemRoots = true,
): X509Certificate[] {
  const chain = [certificate];
  for (let last = certificate; chain.length < 10 && last.subject !== last.issuer; ) {
    const candidates = withSystemRoots ? [...known, ...rootsOf(last.issuer)] : known;
    const child = last;
    const issuer = candidates.find((candidate) => signed(candidate, child));
    if (issuer === undefined) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

/**
 * The trusted certificate that a certificate's chain ends at, or undefined. Every link must be in its validity period, every issuer an authority.
 * @param trusted accepted as the end of a chain, also when the certificate is itself one of them
 * @param sent what the client sent along: may be a link, never the end
 */
export function trustedEnd(
  certificate: X509Certificate,
  trusted: readonly X509Certificate[],
  sent: readonly X509Certificate[],
  now: number,
): X509Certificate | undefined {
  const isTrusted = (c: X509Certificate) => trusted.find((t) => t.raw.equals(c.raw));
  let last = certificate;
  for (let length = 0; length < 10 && isInForce(last, now) && (length === 0 || last.ca); length++) {
    const end = isTrusted(last);
    if (end !== undefined) return end;
    const child = last;
    const issuer = [...trusted, ...sent].find((c) => c.subject === child.issuer && signed(c, child));
    if (issuer === undefined || issuer.raw.equals(child.raw)) return undefined;
    last = issuer;
  }
  return undefined;
}

/**
 * RavenDB's test of a certificate that has the key of a known one: both stand alone (self-signed, or of an issuer that this machine
 * doesn't know), or one issuer's key is in both chains.
 */
export function sharesIssuer(
  presented: X509Certificate,
  known: X509Certificate,
  sent: readonly X509Certificate[],
  issuers: readonly X509Certificate[],
): boolean {
  const ofPresented = buildChain(presented, [...sent, ...issuers]);
  const ofKnown = buildChain(known, issuers);
  // What the client sent makes a chain only when it ends at a root: RavenDB's machine doesn't take its word either.
  const complete = (chain: X509Certificate[]) => {
    const last = chain[chain.length - 1];
    return last !== undefined && (issuers.includes(last) || rootsOf(last.subject).includes(last)) ? chain : [];
  };
  const presentedIssuers = complete(ofPresented).slice(1).map(pinningHashOf);
  const knownIssuers = complete(ofKnown).slice(1).map(pinningHashOf);
  if (presentedIssuers.length === 0 && knownIssuers.length === 0) return true;
  return presentedIssuers.some((hash) => knownIssuers.includes(hash));
}
