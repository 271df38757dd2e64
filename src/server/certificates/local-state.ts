import type { Exchange } from '../http/exchange.ts';
import { RavenException } from '../http/raven-exception.ts';
import { empty, json, type Reply } from '../http/reply.ts';

/**
 * What a node trusts before it joins somebody else's cluster. This node makes its own cluster with its first write, so that nothing ever
 * gets there; the routes answer as on such a RavenDB.
 */
export function listLocalState({ query }: Exchange): Reply {
  query.boolean('secondary');
  return json({ Results: [] });
}

export function deleteLocalState(): Reply {
  return empty(204);
}

export function applyLocalState({ node }: Exchange): Reply {
  if (node.cluster.passive)
    throw new RavenException(
      'Raven.Client.Exceptions.Security.AuthorizationException',
      'RavenDB is in passive state. Cannot apply certificates to the cluster.',
    );
  return empty(204);
}
