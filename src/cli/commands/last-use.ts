import type { RavenApi } from '../../api/client.ts';
import { RavenError } from '../../api/errors.ts';
import { getClusterTopology, getLastUse } from '../../api/server.ts';
import { type LastUse, mergeLastUse } from '../../domain/last-used.ts';

/** Asks every node when it last saw each certificate; a node that doesn't answer is no reason to fail. */
export async function readLastUse(api: RavenApi): Promise<LastUse> {
  const { nodeTag, nodes } = await getClusterTopology(api);
  // A server that belongs to no cluster yet knows no tags: it answers for itself.
  const tags = nodes.length > 0 ? nodes.map(({ tag }) => tag) : [nodeTag];
  return mergeLastUse(
    await Promise.all(
      tags.map(async (node) => ({
        node,
        lastUse: await getLastUse(api, node === nodeTag ? undefined : node).catch((error: unknown) => {
          if (error instanceof RavenError) return null;
          throw error;
        }),
      })),
    ),
  );
}
