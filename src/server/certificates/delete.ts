import { deleteCommand } from '../cluster.ts';
import type { Exchange } from '../http/exchange.ts';
import { invalidOperationError, passiveError } from '../http/raven-exception.ts';
import { empty, type Reply } from '../http/reply.ts';
import type { Transaction } from '../store/store.ts';
import { byCaller, callerClearance, isClusterAdmin } from './caller.ts';
import { clearanceNames, isAdminClearance, nameOf, type Definition } from './definition.ts';
import { membersOf } from './set-members.ts';

/** `DELETE /admin/certificates`: a certificate with its secondaries; one that isn't there is no error. */
export async function deleteCertificate(exchange: Exchange): Promise<Reply> {
  const { node, query, connection } = exchange;
  const thumbprint = query.mandatory('thumbprint');
  const own = connection.peer?.thumbprint;
  const anyCase = node.hardenings.has('ownThumbprintInAnyCase');
  await node.store.write((transaction) => {
    const old = node.certificates.get(thumbprint)?.definition;
    // RavenDB judges the one that is named, and takes what it lists.
    const whole = node.hardenings.has('deleteJudgesAll') && old !== undefined;
    const members = whole ? membersOf(node.certificates, old) : [];
    if (own === (anyCase ? thumbprint.toUpperCase() : thumbprint) || members.some((m) => m.thumbprint === own))
      throw invalidOperationError(
        `Cannot delete ${old?.name ?? ''} because it's the current client certificate being used`,
      );
    if (node.cluster.passive) throw passiveError(deleteCommand);
    if (old === undefined) return;
    for (const member of [old, ...members]) requireDeletable(exchange, member);
    const orphan = membersOf(node.certificates, old).length === 1 && node.hardenings.has('keepCollectionOnEdit');
    if (old.primary !== '' && !orphan)
      throw invalidOperationError(
        `Cannot delete the certificate '${old.name}' with thumbprint '${old.thumbprint}'. You need to delete the primary certificate of the collection: ${old.primary}`,
      );
    const thumbprints = whole ? members.map((member) => member.thumbprint) : [old.thumbprint, ...old.secondaries];
    remove(exchange, transaction, thumbprints, 'Delete');
  });
  return empty(204, { typed: true });
}

function requireDeletable(exchange: Exchange, { name, clearance }: Definition): void {
  if (isAdminClearance(clearance) && !isClusterAdmin(exchange))
    throw invalidOperationError(
      `Cannot delete the certificate '${name}' with '${nameOf(clearanceNames, clearance)}' security clearance because the current client certificate being used has a lower clearance: ${callerClearance(exchange)}`,
    );
}

/** Removes certificates, and when they were last used. */
function remove(
  exchange: Exchange,
  transaction: Transaction,
  thumbprints: readonly string[],
  action: 'Delete' | 'Purge',
): void {
  const { node } = exchange;
  node.cluster.next(transaction);
  for (const key of thumbprints) {
    const name = node.certificates.get(key)?.definition.name;
    node.certificates.remove(transaction, key);
    node.statistics.forget(key);
    if (node.hardenings.has('sessionsEnd')) node.sessions.end(key);
    if (name !== undefined)
      node.history.append(transaction, { action, thumbprint: key, name, ...byCaller(exchange), changes: [] });
  }
}

/** `DELETE /admin/certificates/purge`: all that have expired. */
export async function purgeCertificates(exchange: Exchange): Promise<Reply> {
  const { node, query } = exchange;
  const start = query.integer('start') ?? 0;
  const pageSize = query.integer('pageSize') ?? 2147483647;
  await node.store.write((transaction) => {
    if (node.cluster.passive) throw passiveError(deleteCommand);
    const now = Date.now();
    const page = start < 0 || pageSize <= 0 ? [] : node.certificates.slice(start, start + pageSize);
    for (const { definition } of page) {
      const gone = purgedWith(exchange, definition, now);
      if (gone.length > 0) remove(exchange, transaction, gone, 'Purge');
    }
  });
  return empty(204, { typed: true });
}

/**
 * What goes with a primary that has expired, or with one that stands alone: the whole entry once all of it has expired and the caller might
 * delete it, or nothing. RavenDB takes the primary and leaves the others behind.
 */
function purgedWith(exchange: Exchange, definition: Definition, now: number): string[] {
  const { node, connection } = exchange;
  const isOver = ({ notAfter }: Definition) => notAfter !== null && notAfter < now;
  if (!node.hardenings.has('purgeSparesOthersRights'))
    return definition.primary === '' && isOver(definition) ? [definition.thumbprint] : [];
  const members = membersOf(node.certificates, definition);
  const mayGo = (member: Definition) =>
    isOver(member) &&
    member.thumbprint !== connection.peer?.thumbprint &&
    (!isAdminClearance(member.clearance) || isClusterAdmin(exchange));
  return members[0] === definition && members.every(mayGo) ? members.map(({ thumbprint }) => thumbprint) : [];
}
