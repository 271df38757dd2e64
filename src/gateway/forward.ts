import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { answerError } from './answer.ts';
import type { AllowedRoute } from './allowed-routes.ts';
import type { ClusterNodes } from './cluster-nodes.ts';
import { sendToOthers } from './every-node.ts';
import { readWhole } from './read-whole.ts';
import { type NodeAnswer, NodeError, repeatable, type RepeatableRequest, sendToCluster } from './send-to-cluster.ts';
import { ServerNotTrustedError } from './server-trust.ts';
import { successorsOf } from './successor.ts';
import { parseTopology } from './topology.ts';
import type { Sender, Upstream, UpstreamRequest } from './upstream.ts';

/** Bytes of a request body. The largest that the console sends is a set of certificates. */
export const maxBody = 32 * 1024 * 1024;

class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

/** Headers of an answer that reach the browser. `Set-Cookie` isn't one: RavenDB's cookie stays in the gateway. */
const answerHeaders = [
  'content-type',
  'content-length',
  'content-encoding',
  'content-disposition',
  'vary',
  'retry-after',
  // The server's clock, not ours: authentication codes depend on it.
  'date',
  'raven-server-version',
] as const;

const hasBody = (req: IncomingMessage): boolean =>
  (req.method === 'POST' || req.method === 'PUT') &&
  (req.headers['transfer-encoding'] !== undefined || req.headers['content-length'] !== undefined);

/**
 * What RavenDB gets to see: built anew, so that nothing of the browser's (`Origin`, `Cookie`, `Referer`, its `Host`) slips through. An
 * `Accept` for HTML would turn refusals into redirects (contract §5.4), and without `Raven-Studio-Version` the list lacks
 * `HasTwoFactor`.
 */
function upstreamHeaders(req: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = { accept: '*/*', 'raven-studio-version': '7.2.0' };
  const names = hasBody(req)
    ? (['accept-encoding', 'content-type', 'content-length'] as const)
    : (['accept-encoding'] as const);
  for (const name of names) {
    const value = req.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

/** Passes a body on, ends it when it grows too large, and lets `seen` look on. */
async function* passOn(req: IncomingMessage, seen: (chunk: Buffer) => void): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBody) throw new TooLargeError();
    seen(chunk);
    yield chunk;
  }
}

/** Whether a good answer to this request may have changed what RavenDB thinks of us. */
function changedIdentity(route: AllowedRoute, path: string, bodyText: string, own: string | undefined): boolean {
  if (route.changesIdentity === undefined) return false;
  if (route.changesIdentity === 'always' || own === undefined) return true;
  const thumbprints = new URLSearchParams(path.split('?', 2)[1]).getAll('thumbprint');
  return [...thumbprints, bodyText].some((text) => text.toUpperCase().includes(own));
}

function answerFailure(res: ServerResponse, error: unknown, serverUrl: string): void {
  const url = error instanceof NodeError ? error.origin : serverUrl;
  const cause = error instanceof NodeError ? error.cause : error;
  if (cause instanceof TooLargeError) {
    answerError(res, 413, 'Gateway.TooLarge', `The console sends at most ${String(maxBody / 1024 / 1024)} MB at once.`);
    return;
  }
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const reason = typeof code === 'string' && !code.startsWith('UND_') ? code : String(message);
  if (cause instanceof ServerNotTrustedError)
    answerError(res, 502, 'Gateway.ServerNotTrusted', `The certificate of ${url} isn’t trusted: ${reason}.`);
  else answerError(res, 502, 'Gateway.ServerUnreachable', `No answer from ${url}: ${reason}.`);
}

/** What requests go over, and who is asked. */
export interface ForwardSide {
  readonly upstream: Upstream;
  readonly nodes: ClusterNodes;
}

/** A request of the browser's on its way. */
interface Passage {
  readonly route: AllowedRoute;
  readonly sender: Sender;
  readonly request: UpstreamRequest;
  readonly res: ServerResponse;
}

/**
 * Has the other nodes do what one has done. A second factor's session that a node refuses to begin isn't worth failing the login: it is
 * asked for when that node is. A replacement that goes on somewhere is.
 * @param own with the node that has done it as its origin
 * @returns whether the answer is still to be sent
 */
async function reachOthers({ route, sender, res }: Passage, own: RepeatableRequest): Promise<boolean> {
  if (route.everyNode === 'session') {
    await sendToOthers(sender, own).catch(() => undefined);
    return true;
  }
  const { done, left } = await sendToOthers(sender, own);
  if (left.length === 0) return true;
  const names = left.map(({ tag, url, reason }) => `${tag} (${url}: ${reason})`).join(', ');
  answerError(res, 502, 'Gateway.NodesLeft', `Done on ${done.join(', ')}; not on ${names}.`);
  return false;
}

/**
 * What the gateway itself has to do with an answer before the browser gets it.
 * @returns what is left to send; nothing when an answer of the gateway's own went out
 */
async function takeIn(
  { upstream, nodes }: ForwardSide,
  passage: Passage,
  { answer, origin, asked }: NodeAnswer,
): Promise<Readable | undefined> {
  const { route, sender, request, res } = passage;
  if (answer.status === 428 && origin !== asked) {
    // A code entered on the page opens a session on the nodes that were there then; this one wasn't.
    await answer.body.dump();
    answerError(
      res,
      502,
      'Gateway.LeaderNeedsSecondFactor',
      `The leader, ${origin}, wants a code of its own: this session isn’t open there.`,
    );
    return undefined;
  }
  const own = sender === upstream;
  if (own && route.tellsNodes !== true && route.everyNode === undefined) return answer.body;
  // Read first, so that the connection is free for what has to be asked over it.
  const bytes = await readWhole(answer.body);
  if (answer.status < 300) {
    const topology = route.tellsNodes === true ? parseTopology(bytes.toString()) : undefined;
    if (topology !== undefined) nodes.learn(topology);
    if (!own)
      for (const fingerprint of await successorsOf(sender, asked, request.signal)) upstream.trustAlso(fingerprint);
    const repeated = repeatable({ ...request, origin: asked });
    if (route.everyNode !== undefined && repeated !== undefined && !(await reachOthers(passage, repeated)))
      return undefined;
  }
  return Readable.from([bytes]);
}

/**
 * Sends one request to RavenDB and streams the answer back, byte for byte. Never throws: what goes wrong becomes a typed answer.
 * @param path path and query as RavenDB shall see them
 */
export async function forward(
  side: ForwardSide,
  route: AllowedRoute,
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { upstream, nodes } = side;
  const abort = new AbortController();
  res.once('close', () => abort.abort());
  const sender = route.replacesServer === true ? upstream.single() : upstream;
  try {
    if (Number(req.headers['content-length'] ?? 0) > maxBody) throw new TooLargeError();
    let bodyText = '';
    const seen = (chunk: Buffer): void => {
      if (route.changesIdentity === 'own') bodyText += chunk.toString('latin1');
    };
    const stream = hasBody(req) ? passOn(req, seen) : undefined;
    const held = route.leaderOnly === true || route.everyNode !== undefined || nodes.several();
    const body = held && stream !== undefined ? await buffer(stream) : stream;
    const headers = upstreamHeaders(req);
    if (body instanceof Uint8Array) headers['content-length'] = String(body.length);
    // The gateway reads that one itself.
    if (route.tellsNodes === true) delete headers['accept-encoding'];
    const request: UpstreamRequest = {
      origin: nodes.current(),
      path,
      method: req.method ?? 'GET',
      headers,
      signal: abort.signal,
      ...(body === undefined ? {} : { body }),
    };
    const found = await sendToCluster({ upstream, sender, nodes }, request);
    const { answer } = found;
    const content = await takeIn(side, { route, sender, request, res }, found);
    // A refusal may be an old one: only a new connection shows whether we have been let in since.
    const refused = answer.status === 403 || answer.status === 428;
    const good = answer.status < 300;
    if (refused || (good && changedIdentity(route, path, bodyText, upstream.ownThumbprint()))) answer.dropPool();
    if (content === undefined) return;
    // Browsers repeat a request by themselves after 408, whatever its method; RavenDB says it when there is no leader.
    res.statusCode = answer.status === 408 ? 504 : answer.status;
    for (const name of answerHeaders) {
      const value = answer.headers[name];
      if (value !== undefined) res.setHeader(name, value);
    }
    await pipeline(content, res);
  } catch (error) {
    if (!abort.signal.aborted && !res.destroyed) answerFailure(res, error, nodes.current());
  } finally {
    if (sender !== upstream) await sender.close();
  }
}
