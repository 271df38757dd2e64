import { leavePassive } from '../cluster.ts';
import type { Exchange } from '../http/exchange.ts';
import { invalidOperationError, nullReferenceError } from '../http/raven-exception.ts';
import { created, type Reply } from '../http/reply.ts';
import { byCaller, callerClearance, isClusterAdmin } from './caller.ts';
import { readCertificateBody, validateBody, type CertificateBody } from './certificate-body.ts';
import { describeChanges } from './describe-changes.ts';
import { clearance, clearanceNames, isAdminClearance, nameOf, usage, type Definition } from './definition.ts';
import { sameIdentity } from './sso-identity.ts';
import { isUnreadable } from './stored-definition.ts';

/** `POST /admin/certificates/edit`: replaces name, clearance and permissions of a registered certificate. */
export async function editCertificate(exchange: Exchange): Promise<Reply> {
  const { node, query } = exchange;
  await leavePassive(node);
  const deleteKey = query.boolean('deleteTwoFactorConfiguration') ?? false;
  const json = await exchange.json();
  const body = readCertificateBody(json);
  const name = validateBody(body, node.licence);
  const { thumbprint } = body;
  if (thumbprint === undefined) throw nullReferenceError();
  await node.store.write((transaction) => {
    const old = node.certificates.get(thumbprint)?.definition;
    if (old === undefined)
      throw invalidOperationError(
        `Cannot edit permissions for certificate with thumbprint '${thumbprint}'. It doesn't exist in the cluster.`,
      );
    const edited = editedDefinition(exchange, name, body, old, deleteKey);
    // Whoever keeps its owner out with wrong codes must be got rid of without a new key on the owner's phone.
    if (old.twoFactorKey !== undefined) node.codes.forgive(old.twoFactorKey);
    node.cluster.next(transaction);
    node.certificates.put(transaction, edited);
    if (node.hardenings.has('keepCollectionOnEdit')) {
      // A set shares its rights: what holds for the primary holds for all of it.
      for (const key of old.secondaries) {
        const secondary = node.certificates.get(key)?.definition;
        if (secondary?.primary !== old.thumbprint) continue;
        const { permissions, clearance: level, disabled } = edited;
        node.certificates.put(transaction, { ...secondary, name, permissions, clearance: level, disabled });
      }
    }
    node.history.append(transaction, {
      action: 'Edit',
      thumbprint: old.thumbprint,
      name,
      ...byCaller(exchange),
      changes: describeChanges(old, edited),
    });
  });
  return created();
}

function editedDefinition(
  exchange: Exchange,
  name: string,
  body: CertificateBody,
  old: Definition,
  deleteKey: boolean,
): Definition {
  const { node, connection } = exchange;
  const disabled = body.disabled ?? old.disabled;
  if (disabled) {
    if (old.clearance === clearance.clusterNode || old.thumbprint === node.identity.current.thumbprint)
      throw invalidOperationError(
        `Cannot disable the certificate '${old.name}'. It is a cluster node certificate and disabling it would break the cluster.`,
      );
    if (old.thumbprint === connection.peer?.thumbprint)
      throw invalidOperationError(
        `Cannot disable the certificate '${old.name}' because it is currently being used for this request.`,
      );
  }
  if (isUnreadable(old))
    throw invalidOperationError(`Cannot edit the certificate '${old.name}': it can't be read. Delete it instead.`);
  if (old.usage === usage.ssoServer)
    throw invalidOperationError(`Cannot edit the SSO server certificate '${old.name}'. Delete it and upload another.`);
  if (!isClusterAdmin(exchange)) {
    if (isAdminClearance(old.clearance))
      throw invalidOperationError(
        `Cannot edit the certificate '${old.name}'. It has '${nameOf(clearanceNames, old.clearance)}' security clearance while the current client certificate being used has a lower clearance: ${callerClearance(exchange)}`,
      );
    if (isAdminClearance(body.clearance))
      throw invalidOperationError(
        `Cannot edit security clearance to '${nameOf(clearanceNames, body.clearance)}' for certificate '${old.name}'. Only a 'Cluster Admin' can do that and your current client certificate has a lower clearance: ${callerClearance(exchange)}`,
      );
  }
  const keeps = node.hardenings.has('keepCollectionOnEdit');
  const twoFactorKey = deleteKey ? undefined : body.twoFactorKey || old.twoFactorKey;
  const { twoFactorKey: _replaced, ...rest } = old;
  return {
    ...rest,
    name,
    clearance: body.clearance,
    permissions: body.permissions,
    disabled,
    secondaries: keeps ? old.secondaries : [],
    primary: keeps ? old.primary : '',
    ...(twoFactorKey === undefined ? {} : { twoFactorKey }),
    ...(old.usage === usage.ssoClient ? ssoFields(exchange, body, old) : {}),
  };
}

/** Of a single sign-on user a field that is there replaces, one that isn't keeps what is stored. */
function ssoFields({ node }: Exchange, body: CertificateBody, old: Definition): Partial<Definition> {
  const ssoIdentifiers = body.ssoIdentifiers ?? old.ssoIdentifiers;
  const ssoServerHashes = body.ssoServerHashes ?? old.ssoServerHashes;
  const allowAnySsoServer = body.allowAnySsoServer ?? old.allowAnySsoServer;
  if (ssoIdentifiers.length === 0)
    throw invalidOperationError('Cannot store an SSO user entry without at least one SSO identifier.');
  if (!allowAnySsoServer && ssoServerHashes.length === 0)
    throw invalidOperationError('Cannot store an SSO user entry without an SSO server that may sign it in.');
  for (const entry of node.certificates.values()) {
    const other = entry.definition;
    if (
      other.thumbprint !== old.thumbprint &&
      other.ssoIdentifiers.some((a) => ssoIdentifiers.some((b) => sameIdentity(a, b)))
    )
      throw invalidOperationError(`One of the identities belongs to '${other.name}' already.`);
  }
  return { ssoIdentifiers, ssoServerHashes, allowAnySsoServer };
}
