import { originOf, readTopology } from './topology.ts';
import type { Sender } from './upstream.ts';

/**
 * Where a 307 leads, when that is a node of the cluster we were told to talk to: an answer that points anywhere else doesn't get our
 * certificate. Only the place counts; method, path and body of the second request stay ours.
 * @param serverOrigin the node that pointed there, which is asked for the topology
 * @param location the `Location` header
 */
export async function leaderOrigin(
  sender: Sender,
  serverOrigin: string,
  location: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  const target = originOf(location);
  if (target === undefined) return undefined;
  const topology = await readTopology(sender, serverOrigin, signal);
  return topology?.nodes.some(({ origin }) => origin === target) === true ? target : undefined;
}
