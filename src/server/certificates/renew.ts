import { requireLeader } from '../cluster.ts';
import type { Exchange } from '../http/exchange.ts';
import { invalidOperationError } from '../http/raven-exception.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import type { ServerNode } from '../server-node.ts';
import { byCaller } from './caller.ts';
import { zonedDate } from './definition.ts';

const notOurs = "This server wasn't set up using the Let's Encrypt setup mode.";

/** Does the node renew its certificate itself? Only then are the routes of Let's Encrypt of use. */
function renews(node: ServerNode): boolean {
  return node.setupMode() === 'LetsEncrypt';
}

/** `GET /admin/certificates/letsencrypt/renewal-date` */
export function renewalDate({ node }: Exchange): Reply {
  if (!renews(node)) throw invalidOperationError(notOurs);
  return json({ EstimatedRenewal: zonedDate(node.renewal.nextDate()) });
}

/** `POST /admin/certificates/letsencrypt/force-renew`: false when a renewal is running already. */
export function forceRenew(exchange: Exchange): Reply {
  const { node } = exchange;
  requireLeader(node.cluster);
  if (!renews(node) || !node.identity.managed)
    throw invalidOperationError(`Cannot force renew for this server certificate. ${notOurs}`);
  return json({ Success: node.renewal.start(byCaller(exchange)) });
}

/** `POST /admin/certificates/refresh`: looks at once for a changed file, or renews what is due; the flag renews in any case. */
export async function refreshCertificate(exchange: Exchange): Promise<Reply> {
  const { node, query } = exchange;
  const force = query.boolean('replaceImmediately') ?? false;
  await node.renewal.refresh(force && renews(node), byCaller(exchange));
  return empty(204);
}
