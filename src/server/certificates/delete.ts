import { deleteCommand } from '../cluster.ts';
import type { Exchange } from '../http/exchange.ts';
import { invalidOperationError, passiveError } from '../http/raven-exception.ts';
import { empty, type Reply } from '../http/reply.ts';
import type { Transaction } from '../store/store.ts';
import { byCaller, callerClearance, isClusterAdmin } from './caller.ts';
import type { Entry } from './certificate-table.ts';
import { clearanceNames, isAdminClearance, nameOf, type Definition } from './definition.ts';

/** `DELETE /admin/certificates`: a certificate with its secondaries; one that isn't there is no error. */
export async function deleteCertificate(exchange: Exchange): Promise<Reply> {
  const { node, query, connection } = exchange;
  const thumbprint = query.mandatory('thumbprint');
  const own = connection.peer?.thumbprint;
  const anyCase = node.hardenings.has('ownThumbprintInAnyCase');
  await node.store.write((transaction) => {
    const entry = node.certificates.get(thumbprint);
    if (own === (anyCase ? thumbprint.toUpperCase() : thumbprint))
      throw invalidOperationError(
        `Cannot delete ${entry?.definition.name ?? ''} because it's the current client certificate being used`,
      );
    if (node.cluster.passive) throw passiveError(deleteCommand);
    if (entry === undefined) return;
    const { definition } = entry;
    if (isAdminClearance(definition.clearance) && !isClusterAdmin(exchange))
      throw invalidOperationError(
        `Cannot delete the certificate '${definition.name}' with '${nameOf(clearanceNames, definition.clearance)}' security clearance because the current client certificate being used has a lower clearance: ${callerClearance(exchange)}`,
      );
    const orphan = definition.primary !== '' && node.certificates.get(definition.primary) === undefined;
    if (definition.primary !== '' && !(orphan && node.hardenings.has('keepCollectionOnEdit')))
      throw invalidOperationError(
        `Cannot delete the certificate '${definition.name}' with thumbprint '${definition.thumbprint}'. You need to delete the primary certificate of the collection: ${definition.primary}`,
      );
    removeSet(exchange, transaction, definition, 'Delete');
  });
  return empty(204, { typed: true });
}

/** Removes a certificate and its secondaries, and when they were last used. */
function removeSet(
  exchange: Exchange,
  transaction: Transaction,
  definition: Definition,
  action: 'Delete' | 'Purge',
): void {
  const { node } = exchange;
  node.cluster.next(transaction);
  for (const key of [definition.thumbprint, ...definition.secondaries]) {
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
    for (const { definition } of page.filter((entry) => isPurged(exchange, entry, now)))
      removeSet(exchange, transaction, definition, 'Purge');
  });
  return empty(204, { typed: true });
}

function isPurged(exchange: Exchange, { definition }: Entry, now: number): boolean {
  const { node, connection } = exchange;
  if (definition.primary !== '' || definition.notAfter === null || definition.notAfter >= now) return false;
  if (!node.hardenings.has('purgeSparesOthersRights')) return true;
  return (
    (!isAdminClearance(definition.clearance) || isClusterAdmin(exchange)) &&
    definition.thumbprint !== connection.peer?.thumbprint
  );
}
