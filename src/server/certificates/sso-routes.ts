import { randomUUID, X509Certificate } from 'node:crypto';
import { leavePassive } from '../cluster.ts';
import type { Exchange } from '../http/exchange.ts';
import { argumentError, invalidOperationError } from '../http/raven-exception.ts';
import { json, plainError, type Reply } from '../http/reply.ts';
import type { ServerNode } from '../server-node.ts';
import { byCaller, callerClearance, isClusterAdmin } from './caller.ts';
import { readCertificateBody, type CertificateBody } from './certificate-body.ts';
import { describeChanges } from './describe-changes.ts';
import {
  blankDefinition,
  clearanceNames,
  isAdminClearance,
  nameOf,
  usage,
  type Definition,
  type SsoIdentifier,
} from './definition.ts';
import { sameIdentity } from './sso-identity.ts';

const windows = 3;
const fetchMs = 10_000;
const fetchBytes = 1024 * 1024;

/** `PUT /admin/certificates/sso/user`: maps identities of single sign-on servers to a clearance and permissions. */
export async function putSsoUser(exchange: Exchange): Promise<Reply> {
  const { node } = exchange;
  await leavePassive(node);
  node.licence.requireSso();
  const body = readCertificateBody(await exchange.json());
  if (isAdminClearance(body.clearance) && !isClusterAdmin(exchange) && node.hardenings.has('operatorCannotMakeNodes'))
    throw invalidOperationError(
      `Cannot save the SSO user '${body.name ?? ''}' with '${nameOf(clearanceNames, body.clearance)}' security clearance because the current client certificate being used has a lower clearance: ${callerClearance(exchange)}`,
    );
  const definition = ssoUser(body);
  await node.store.write((transaction) => {
    requireKnownServers(node, definition);
    requireNewIdentities(node, definition);
    node.cluster.next(transaction);
    node.certificates.put(transaction, definition);
    const { thumbprint, name } = definition;
    const changes = describeChanges(undefined, definition);
    node.history.append(transaction, { action: 'Upload', thumbprint, name, ...byCaller(exchange), changes });
  });
  return json({ Thumbprint: definition.thumbprint }, 201);
}

function ssoUser(body: CertificateBody): Definition {
  const { name, ssoIdentifiers = [], ssoServerHashes = [], allowAnySsoServer = false } = body;
  if (name === undefined || name.trim() === '') throw argumentError('Name is a required field of an SSO user');
  if (ssoIdentifiers.length === 0) throw argumentError('An SSO user needs at least one SSO identifier');
  if (!allowAnySsoServer && ssoServerHashes.length === 0)
    throw argumentError('An SSO user needs the pinning hash of an SSO server, or AllowAnySsoServer');
  checkIdentifiers(ssoIdentifiers);
  return {
    ...blankDefinition,
    name,
    thumbprint: randomUUID().replaceAll('-', ''),
    pinningHash: randomUUID(),
    clearance: body.clearance,
    permissions: body.permissions,
    notAfter: null,
    notBefore: null,
    usage: usage.ssoClient,
    ssoIdentifiers,
    ssoServerHashes,
    allowAnySsoServer,
  };
}

function checkIdentifiers(identifiers: readonly SsoIdentifier[]): void {
  for (const { identifier, domain, provider } of identifiers) {
    if (identifier.trim() === '')
      throw invalidOperationError('Cannot store an SSO user entry with a blank identifier.');
    if (domain !== null && domain !== '' && provider !== windows)
      throw invalidOperationError('Cannot store an SSO user entry: a domain belongs to the provider Windows only.');
  }
}

function requireKnownServers({ certificates }: ServerNode, { allowAnySsoServer, ssoServerHashes }: Definition): void {
  if (allowAnySsoServer) return;
  const unknown = ssoServerHashes.find(
    (hash) => !certificates.withPinningHash(hash).some(({ definition }) => definition.usage === usage.ssoServer),
  );
  if (unknown !== undefined)
    throw invalidOperationError(`The pinning hash '${unknown}' does not belong to a registered SSO server.`);
}

function requireNewIdentities({ certificates }: ServerNode, { ssoIdentifiers }: Definition): void {
  for (const { definition } of certificates.values()) {
    if (definition.ssoIdentifiers.some((a) => ssoIdentifiers.some((b) => sameIdentity(a, b))))
      throw invalidOperationError(`One of the identities belongs to '${definition.name}' already.`);
  }
}

/** `GET /admin/certificates/sso/server/fetch`: asks a single sign-on server for its certificate. */
export async function fetchSsoServer({ node, query }: Exchange): Promise<Reply> {
  node.licence.requireSso();
  const text = query.mandatory('url');
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw argumentError(`The url '${text}' must be an absolute http or https URL`);
  let body: Buffer;
  try {
    body = await download(new URL('/api/certificate', new URL(text).origin));
  } catch {
    return plainError(502, `The SSO server at ${new URL(text).origin} did not answer with its certificate.`);
  }
  try {
    return json({ Base64: certificateOf(body).raw.toString('base64') });
  } catch {
    return plainError(422, `What the SSO server at ${new URL(text).origin} answered is not a certificate.`);
  }
}

/** DER, PEM, or base64 of either. */
function certificateOf(body: Buffer): X509Certificate {
  try {
    return new X509Certificate(body);
  } catch {
    return new X509Certificate(Buffer.from(body.toString('latin1'), 'base64'));
  }
}

async function download(url: URL): Promise<Buffer> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(fetchMs) });
  if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > fetchBytes) throw new Error('too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
