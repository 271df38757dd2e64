import type { X509Certificate } from 'node:crypto';
import * as pkijs from 'pkijs';
import { parseAsn1 } from '../../pki/asn1.ts';
import { extensionOids } from '../../pki/certificate-extensions.ts';

/** Extensions that don't limit an authority, or whose limits are heeded here. */
const understood = new Set<string>(Object.values(extensionOids));
const nameConstraints = '2.5.29.30';

interface Limits {
  /** How many authorities may stand between it and the certificate at the end of a chain; none when that can't be read. */
  readonly pathLength: number;
  /** It is limited by something that nobody here understands (RFC 5280, 4.2), or by names, which nobody here compares. */
  readonly others: boolean;
}

function limitsOf(x509: X509Certificate): Limits {
  try {
    const { extensions = [] } = new pkijs.Certificate({ schema: parseAsn1(x509.raw) });
    const others = extensions.some((e) => e.extnID === nameConstraints || (e.critical && !understood.has(e.extnID)));
    const own = extensions.find(({ extnID }) => extnID === extensionOids.basicConstraints);
    const schema = own && parseAsn1(new Uint8Array(own.extnValue.getValue()));
    const length = schema && new pkijs.BasicConstraints({ schema }).pathLenConstraint;
    // A length too long for a number is as good as none.
    return { pathLength: typeof length === 'number' ? length : Infinity, others };
  } catch {
    return { pathLength: -1, others: true };
  }
}

/** Does a certificate that is trusted by itself take so many authorities below it? */
export function takesBelow(trusted: X509Certificate, authorities: number): boolean {
  return authorities <= limitsOf(trusted).pathLength;
}

/**
 * May a certificate that a client sent along vouch for another one, with so many authorities below it? OpenSSL's `ca` looks at the basic
 * constraints and at the key usages, where there are any.
 */
export function maySign(sent: X509Certificate, authorities: number): boolean {
  if (!sent.ca) return false;
  const { pathLength, others } = limitsOf(sent);
  return !others && authorities <= pathLength;
}
