import { readTopology } from './topology.ts';
import { NodeError, type RepeatableRequest } from './send-to-cluster.ts';
import type { Sender } from './upstream.ts';

/** How long one node of several may take, in milliseconds: one that hangs must not hold up the others. */
const patience = 5_000;

/** What came of a request that every node has to get. */
export interface EveryNode {
  /** Tags of the nodes that did it. */
  readonly done: readonly string[];
  /** Those that didn't, each with the reason. */
  readonly left: readonly { readonly tag: string; readonly url: string; readonly reason: string }[];
}

const within = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(patience)]);

function reasonOf(error: unknown): string {
  const { code, name, message } = error as { code?: unknown; name?: unknown; message?: unknown };
  if (name === 'TimeoutError') return `no answer within ${String(patience / 1000)} s`;
  return typeof code === 'string' && !code.startsWith('UND_') ? code : String(message);
}

/**
 * What RavenDB does on the node that is asked alone, done on every node: sends the request to all members but the one that `request.origin`
 * names, side by side.
 * @throws NodeError when the members can't be read
 */
export async function sendToOthers(sender: Sender, request: RepeatableRequest): Promise<EveryNode> {
  const { origin, signal } = request;
  const topology = await readTopology(sender, origin, within(signal)).catch((error: unknown) => {
    throw new NodeError(origin, error);
  });
  if (topology === undefined) throw new NodeError(origin, new Error('it doesn’t tell the nodes of its cluster'));
  const others = topology.nodes.filter(({ tag }) => tag !== topology.answeredBy);
  const results = await Promise.all(
    others.map(async ({ tag, origin: url }) => {
      try {
        const answer = await sender.send({ ...request, origin: url, signal: within(signal) });
        await answer.body.dump();
        return { tag, url, reason: answer.status < 300 ? undefined : `it answered ${String(answer.status)}` };
      } catch (error) {
        return { tag, url, reason: reasonOf(error) };
      }
    }),
  );
  return {
    done: [topology.answeredBy, ...results.filter(({ reason }) => reason === undefined).map(({ tag }) => tag)],
    left: results.flatMap(({ tag, url, reason }) => (reason === undefined ? [] : [{ tag, url, reason }])),
  };
}
