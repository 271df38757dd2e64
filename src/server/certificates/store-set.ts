import type { Exchange } from '../http/exchange.ts';
import { pinnedHash } from '../auth/peer-certificate.ts';
import { invalidOperationError, type RavenException } from '../http/raven-exception.ts';
import type { Transaction } from '../store/store.ts';
import { byCaller, callerClearance, isClusterAdmin } from './caller.ts';
import type { CertificateBody } from './certificate-body.ts';
import { describeChanges } from './describe-changes.ts';
import { usage, type Definition } from './definition.ts';
import { isAboveOperators, leaveSet, linksIn, membersOf, sameRights } from './set-members.ts';

/** A certificate of an upload. */
export interface UploadedCertificate {
  readonly der: Uint8Array;
  readonly thumbprint: string;
  readonly pinningHash: string;
  readonly hasVersion: boolean;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly subject: string;
  readonly issuer: string;
}

export const failedToPut = (name: string, why: RavenException): RavenException =>
  invalidOperationError(`Failed to put certificate ${name} in the cluster.`, why);

/** What a file holds beside the signers of its own certificates: the first is the primary. */
function newMembers(loaded: readonly UploadedCertificate[]): UploadedCertificate[] {
  const issuers = new Set(loaded.filter((c) => c.subject !== c.issuer).map((c) => c.issuer));
  const kept = loaded.filter((c) => !issuers.has(c.subject));
  return [...new Map(kept.map((c) => [c.thumbprint, c])).values()];
}

/**
 * Registers the certificates of an upload as one entry.
 * @throws InvalidOperationException when it can't be, or the caller may not
 */
export function storeSet(
  exchange: Exchange,
  transaction: Transaction,
  name: string,
  body: CertificateBody,
  uploaded: readonly UploadedCertificate[],
): void {
  const { node } = exchange;
  const { certificates } = node;
  const failed = (why: string) => failedToPut(name, invalidOperationError(why));
  const loaded = uploaded.map((c) => ({ ...c, pinningHash: pinnedHash(node.hardenings, c) }));
  const own = node.identity.current.thumbprint;
  if (loaded.some((c) => c.thumbprint === own))
    throw failed(
      `You are trying to import the same server certificate (${own}) as the one which is already loaded. This is not supported.`,
    );
  if (body.usage === usage.ssoClient)
    throw failed('Cannot store an SSO user entry without at least one SSO identifier.');
  const set = newMembers(loaded);
  if (set.length === 0) throw failed('The file holds no certificate beside the signers of others.');
  requireNoneAbove(exchange, name, set);
  const definitions = uploadedDefinitions(exchange, name, body, set);
  if (definitions.length > 1 && node.hardenings.has('setsTakeInNobody')) requireNewcomers(exchange, definitions);
  node.cluster.next(transaction);
  for (const [index, definition] of definitions.entries()) {
    const old = certificates.get(definition.thumbprint)?.definition;
    const stored = apart(exchange, transaction, old, definition, set.length);
    certificates.put(transaction, stored, set[index]?.der);
    node.history.append(transaction, {
      action: 'Upload',
      thumbprint: definition.thumbprint,
      name,
      ...byCaller(exchange),
      changes: describeChanges(old, stored),
    });
  }
}

/**
 * A member of a set that is uploaded alone, and changes by it, goes on by itself, the others as they are. RavenDB changes it where it is
 * linked, and leaves orphans.
 */
function apart(
  { node: { certificates, hardenings } }: Exchange,
  transaction: Transaction,
  old: Definition | undefined,
  now: Definition,
  uploaded: number,
): Definition {
  if (old === undefined || uploaded > 1 || !hardenings.has('keepCollectionOnEdit')) return now;
  if (old.name === now.name && sameRights(old, now))
    return { ...now, primary: old.primary, secondaries: old.secondaries };
  leaveSet(certificates, transaction, old);
  return now;
}

/** An Operator doesn't decide about a certificate of somebody above, nor about how the next one with its key is let in. */
function requireNoneAbove(exchange: Exchange, name: string, set: readonly UploadedCertificate[]): void {
  const { certificates, hardenings } = exchange.node;
  if (isClusterAdmin(exchange) || !hardenings.has('operatorCannotOverwriteAdmins')) return;
  const touched = set.flatMap(({ thumbprint, pinningHash }) => {
    const old = certificates.get(thumbprint)?.definition;
    const sameKey = certificates.withPinningHash(pinningHash).map(({ definition }) => definition);
    return [...(old === undefined ? [] : membersOf(certificates, old)), ...sameKey];
  });
  const above = touched.find(isAboveOperators);
  if (above !== undefined)
    throw invalidOperationError(
      `Cannot save the certificate '${name}' over '${above.name}', or with its key: that one has a higher clearance than the current client certificate being used (${callerClearance(exchange)}).`,
    );
}

/**
 * Who is registered already must not come into an entry beside others, and get what they get now or later: by the certificate, or by its
 * key. The same set again may change; a set of new certificates with the very keys of a registered one may do what that one does.
 */
function requireNewcomers({ node: { certificates } }: Exchange, set: readonly Definition[]): void {
  const isSame = (members: readonly Definition[], of: (member: Definition) => string) => {
    const [theirs, ours] = [new Set(members.map(of)), new Set(set.map(of))];
    return theirs.size === ours.size && [...theirs].every((value) => ours.has(value));
  };
  const thumbprint = (member: Definition) => member.thumbprint;
  const key = (member: Definition) => member.pinningHash;
  for (const definition of set) {
    const old = certificates.get(definition.thumbprint)?.definition;
    if (old !== undefined && !isSame(membersOf(certificates, old), thumbprint))
      throw invalidOperationError(
        `Cannot save a set with the certificate '${old.name}' (${old.thumbprint}), which is registered already: it would get the rights of the others. Leave it out, or delete it first.`,
      );
    for (const { definition: sibling } of certificates.withPinningHash(definition.pinningHash)) {
      const whole = membersOf(certificates, sibling);
      if (isSame(whole, thumbprint) || (isSame(whole, key) && sameRights(sibling, definition))) continue;
      throw invalidOperationError(
        `Cannot save a set with a certificate that has the key of '${sibling.name}' (${sibling.thumbprint}), which is registered already: whoever holds the key would get the rights of the others. Leave it out, or upload it alone.`,
      );
    }
  }
}

/** What is to be stored, the primary first. */
function uploadedDefinitions(
  { node: { certificates, hardenings } }: Exchange,
  name: string,
  body: CertificateBody,
  set: readonly UploadedCertificate[],
): Definition[] {
  const olds = set.flatMap(({ thumbprint }) => certificates.get(thumbprint)?.definition ?? []);
  const keeps = hardenings.has('uploadKeepsSecondFactor');
  const kept = keeps ? olds.find((old) => old.twoFactorKey !== undefined)?.twoFactorKey : undefined;
  // RavenDB takes an empty key for none.
  const twoFactorKey = (body.twoFactorKey || undefined) ?? kept;
  const disabled = keeps && (body.disabled ?? olds.some((old) => old.disabled));
  return set.map((certificate) => ({
    name,
    thumbprint: certificate.thumbprint,
    clearance: body.clearance,
    permissions: body.permissions,
    notAfter: certificate.notAfter,
    notBefore: certificate.notBefore,
    ...linksIn(set, certificate),
    pinningHash: certificate.pinningHash,
    disabled,
    usage: body.usage ?? usage.client,
    ssoServerHashes: [],
    allowAnySsoServer: false,
    ssoIdentifiers: [],
    ...(twoFactorKey === undefined ? {} : { twoFactorKey }),
  }));
}
