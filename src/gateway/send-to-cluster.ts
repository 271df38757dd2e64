import { setTimeout as wait } from 'node:timers/promises';
import type { ClusterNodes } from './cluster-nodes.ts';
import { leaderOrigin } from './leader.ts';
import { ServerNotTrustedError } from './server-trust.ts';
import type { Sender, Upstream, UpstreamAnswer, UpstreamRequest } from './upstream.ts';

/** A leader that isn't one any more points on; more often than this it goes in circles. */
const maxRedirects = 3;
/** How long a node may be silent before it is looked at, and how long it has to answer that look. Milliseconds. */
const silence = 1_500;
const lookTime = 1_000;

/** No answer came from one node. */
export class NodeError extends Error {
  override readonly name = 'NodeError';
  readonly origin: string;

  constructor(origin: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.origin = origin;
  }
}

/** An answer, the node that it came from, and the one that was asked (which may have pointed to the leader). */
export interface NodeAnswer {
  readonly answer: UpstreamAnswer;
  readonly origin: string;
  readonly asked: string;
}

/** A request that can be sent again: its body, if any, is held. */
export type RepeatableRequest = Omit<UpstreamRequest, 'body'> & { readonly body?: Uint8Array };

/** @returns nothing for a body that is passed on while it comes */
export function repeatable({ body, ...rest }: UpstreamRequest): RepeatableRequest | undefined {
  if (body === undefined) return rest;
  return body instanceof Uint8Array ? { ...rest, body } : undefined;
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;
const isRead = ({ method }: UpstreamRequest): boolean => method === 'GET';

/** No connection was made: the node can't have seen the request. */
const nothingWasSent = (error: unknown): boolean =>
  error instanceof ServerNotTrustedError ||
  ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(
    String(codeOf(error)),
  );

/** RavenDB closes idle connections when it likes; a read that meets that moment is simply asked again. */
async function sendTwice(sender: Sender, request: UpstreamRequest): Promise<UpstreamAnswer> {
  try {
    return await sender.send(request);
  } catch (error) {
    const cut = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(String(codeOf(error)));
    if (!cut || !isRead(request) || request.signal.aborted) throw error;
    return await sender.send(request);
  }
}

/** Sends to `request.origin` and follows 307s to members of the cluster, the method, path and body staying ours. */
async function sendFollowing(sender: Sender, request: UpstreamRequest): Promise<NodeAnswer> {
  const canRepeat = repeatable(request) !== undefined;
  let target = request;
  for (let redirects = 0; ; redirects += 1) {
    const { origin } = target;
    const answer = await sendTwice(sender, target).catch((error: unknown) => {
      throw new NodeError(origin, error);
    });
    if (answer.status !== 307) return { answer, origin, asked: request.origin };
    await answer.body.dump();
    const refuse = (reason: string): never => {
      throw new NodeError(origin, new Error(reason));
    };
    const next = await leaderOrigin(sender, request.origin, answer.headers.location, request.signal);
    if (next === undefined) return refuse('it points to a server that isn’t a node of its cluster');
    if (!canRepeat) return refuse('it points to another node where the contract knows no such answer');
    if (redirects >= maxRedirects) return refuse('its nodes point to each other as the leader');
    target = { ...request, origin: next };
  }
}

/** Whether a node says anything at all, over a connection of its own: those of the pool may be what hangs. */
async function answersAtAll(upstream: Upstream, origin: string, signal: AbortSignal): Promise<boolean> {
  const one = upstream.single();
  try {
    const both = AbortSignal.any([signal, AbortSignal.timeout(lookTime)]);
    const answer = await one.send({ origin, path: '/build/version', method: 'GET', headers: {}, signal: both });
    await answer.body.dump();
    return true;
  } catch {
    return false;
  } finally {
    void one.close();
  }
}

/**
 * Sends to one node of several and keeps an eye on it meanwhile: one that is silent and says nothing to a simple question either is away.
 * A read ends then, so that another node can be asked; a write waits on, since nobody knows how far it came.
 */
async function sendWatched({ upstream, sender, nodes }: ClusterSender, request: UpstreamRequest): Promise<NodeAnswer> {
  const given = new AbortController();
  const answered = new AbortController();
  const watch = async (): Promise<void> => {
    for (;;) {
      await wait(silence, undefined, { signal: answered.signal });
      if (await answersAtAll(upstream, request.origin, answered.signal)) continue;
      if (answered.signal.aborted) return;
      nodes.failed(request.origin);
      if (isRead(request)) given.abort(new NodeError(request.origin, new Error('it is silent')));
      return;
    }
  };
  // It ends by being called off, which is no fault.
  watch().catch(() => undefined);
  try {
    return await sendFollowing(sender, { ...request, signal: AbortSignal.any([request.signal, given.signal]) });
  } finally {
    answered.abort();
  }
}

/** What requests to the cluster go over. */
export interface ClusterSender {
  readonly upstream: Upstream;
  /** The pool, or one connection. */
  readonly sender: Sender;
  readonly nodes: ClusterNodes;
}

/**
 * Sends to the node that answered last, and goes on with another where one doesn't answer: at once when it was never reached, and for
 * reads also when it fell silent. A write that may have reached a node isn't repeated.
 * @throws NodeError of the first node that was tried, when no node answers
 */
export async function sendToCluster(cluster: ClusterSender, request: UpstreamRequest): Promise<NodeAnswer> {
  const { nodes, sender } = cluster;
  const tried = new Set<string>();
  let first: unknown;
  for (;;) {
    const origin = nodes.next(tried);
    if (origin === undefined) throw first;
    const target = { ...request, origin };
    try {
      const found = nodes.several() ? await sendWatched(cluster, target) : await sendFollowing(sender, target);
      nodes.answered(origin);
      return found;
    } catch (error) {
      first ??= error;
      // A leader that was pointed to is another matter: the node that pointed there answers.
      if (request.signal.aborted || !(error instanceof NodeError) || error.origin !== origin) throw error;
      if (!nodes.several()) throw error;
      nodes.failed(origin);
      if (repeatable(request) === undefined || (!isRead(request) && !nothingWasSent(error.cause))) throw error;
      tried.add(origin);
    }
  }
}
