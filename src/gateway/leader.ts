import { readWhole } from './read-whole.ts';
import type { Sender } from './upstream.ts';

const originOf = (url: unknown): string | undefined => {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const { protocol, origin } = new URL(url);
  return protocol === 'https:' ? origin : undefined;
};

const values = (group: unknown): unknown[] => (typeof group === 'object' && group !== null ? Object.values(group) : []);

/**
 * Where a 307 leads, when that is a node of the cluster we were told to talk to: an answer that points anywhere else doesn't get our
 * certificate. Only the place counts; method, path and body of the second request stay ours.
 * @param serverOrigin the server named by the admin, which is asked for the topology
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
  const answer = await sender.send({
    origin: serverOrigin,
    path: '/cluster/topology',
    method: 'GET',
    headers: { accept: 'application/json' },
    signal,
  });
  const body = (await readWhole(answer.body)).toString();
  if (answer.status !== 200) return undefined;
  const { Topology } = JSON.parse(body) as {
    Topology?: { Members?: unknown; Promotables?: unknown; Watchers?: unknown };
  };
  const nodes = [Topology?.Members, Topology?.Promotables, Topology?.Watchers].flatMap(values).map(originOf);
  return nodes.includes(target) ? target : undefined;
}
