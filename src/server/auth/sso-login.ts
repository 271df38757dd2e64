import { X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { parseAsn1 } from '../../pki/asn1.ts';
import type { CertificateTable, Entry } from '../certificates/certificate-table.ts';
import {
  clearance,
  isAdminClearance,
  ssoProviderNames,
  usage,
  type SsoIdentifier,
} from '../certificates/definition.ts';
import { sameIdentity } from '../certificates/sso-identity.ts';
import { authenticationStatus } from './authentication-status.ts';
import { databasesOf, type Grant } from './connection.ts';
import { isInForce, type PeerCertificate } from './peer-certificate.ts';

/** RavenDB's extension with the identity of a person whom a single sign-on server signed in. */
const identityOid = '1.3.6.1.4.1.45751.2.2';
const longestName = 1024;

/** The identity in the certificate; undefined when there is none or it is malformed. */
export function ssoIdentityOf(der: Uint8Array): SsoIdentifier | undefined {
  try {
    const certificate = new pkijs.Certificate({ schema: parseAsn1(der) });
    const extension = certificate.extensions?.find(({ extnID }) => extnID === identityOid);
    if (extension === undefined) return undefined;
    const content = parseAsn1(new Uint8Array(extension.extnValue.getValue()));
    if (!(content instanceof asn1js.Utf8String)) return undefined;
    return readIdentity(JSON.parse(content.getValue()));
  } catch {
    return undefined;
  }
}

function readIdentity(value: unknown): SsoIdentifier | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { username, provider, domain } = value as Record<string, unknown>;
  if (typeof username !== 'string' || username.trim() === '' || username.length > longestName) return undefined;
  if (domain !== undefined && domain !== null && (typeof domain !== 'string' || domain.length > longestName))
    return undefined;
  const number =
    typeof provider === 'string'
      ? ssoProviderNames.findIndex((name) => name.toLowerCase() === provider.toLowerCase())
      : typeof provider === 'number'
        ? provider
        : -1;
  if (ssoProviderNames[number] === undefined) return undefined;
  return { provider: number, domain: domain ?? null, identifier: username };
}

/** By name and signature alone: a single sign-on server's certificate need not be an authority, nor allowed to sign by its key usages. */
function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.issuer === issuer.subject && certificate.verify(issuer.publicKey);
}

/** Does a chain lead from the certificate over what the client sent to the server's certificate? */
function isVouchedBy(peer: PeerCertificate, server: X509Certificate, now: number): boolean {
  const valid = (c: X509Certificate) => isInForce(c, now);
  let last = peer.x509;
  for (let length = 0; length < 10 && valid(last); length++) {
    if (isSignedBy(last, server)) return valid(server) && !last.raw.equals(server.raw);
    const child = last;
    const issuer = peer.sent.find((sent) => isSignedBy(child, sent) && !sent.raw.equals(child.raw));
    if (issuer === undefined) return false;
    last = issuer;
  }
  return false;
}

/** The single sign-on user that the certificate stands for: signed by a registered, enabled server that may sign this user in. */
export function findSsoUser(peer: PeerCertificate, certificates: CertificateTable, now: number): Entry | undefined {
  const identity = ssoIdentityOf(peer.der);
  if (identity === undefined) return undefined;
  const hashes = new Set<string>();
  let user: Entry | undefined;
  for (const entry of certificates.values()) {
    const { definition } = entry;
    if (definition.usage === usage.ssoServer && !definition.disabled) {
      const der = certificates.der(definition.thumbprint);
      if (der !== undefined && isVouchedBy(peer, new X509Certificate(der), now)) hashes.add(definition.pinningHash);
    } else if (
      definition.usage === usage.ssoClient &&
      definition.ssoIdentifiers.some((known) => sameIdentity(known, identity))
    ) {
      user = entry;
    }
  }
  if (user === undefined || hashes.size === 0) return undefined;
  const { allowAnySsoServer, ssoServerHashes } = user.definition;
  return allowAnySsoServer || ssoServerHashes.some((hash) => hashes.has(hash)) ? user : undefined;
}

/** What a single sign-on user may do; the second factor is the sign-on server's business. */
export function ssoGrant(peer: PeerCertificate, certificates: CertificateTable, now: number): Grant | undefined {
  const user = findSsoUser(peer, certificates, now);
  if (user === undefined || user.definition.disabled) return undefined;
  const { name, clearance: level } = user.definition;
  const status = isAdminClearance(level)
    ? authenticationStatus.clusterAdmin
    : level === clearance.operator
      ? authenticationStatus.operator
      : authenticationStatus.allowed;
  return { status, name, databases: databasesOf(user), twoFactorKey: undefined, registered: true };
}
