import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { answerError } from './answer.ts';
import type { AllowedRoute } from './allowed-routes.ts';
import { sendToOthers } from './every-node.ts';
import type { ClusterNodes } from './cluster-nodes.ts';
import { NodeError, type RepeatableRequest, sendToCluster } from './send-to-cluster.ts';
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
  if (error instanceof TooLargeError) {
    answerError(res, 413, 'Gateway.TooLarge', `The console sends at most ${String(maxBody / 1024 / 1024)} MB at once.`);
    return;
  }
  const url = error instanceof NodeError ? error.origin : serverUrl;
  const cause = error instanceof NodeError ? error.cause : error;
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const reason = typeof code === 'string' && !code.startsWith('UND_') ? code : String(message);
  if (cause instanceof ServerNotTrustedError)
    answerError(res, 502, 'Gateway.ServerNotTrusted', `The certificate of ${url} isn’t trusted: ${reason}.`);
  else answerError(res, 502, 'Gateway.ServerUnreachable', `No answer from ${url}: ${reason}.`);
}

/**
 * Has the other nodes do what one has done. A second factor's session that a node refuses to begin isn't worth failing the login: it is
 * asked for when that node is. A replacement that goes on somewhere is.
 * @returns whether the answer is still to be sent
 */
async function reachOthers(
  { what, sender, request }: { what: NonNullable<AllowedRoute['everyNode']>; sender: Sender; request: RepeatableRequest },
  res: ServerResponse,
): Promise<boolean> {
  if (what === 'session') {
    await sendToOthers(sender, request).catch(() => undefined);
    return true;
  }
  const { done, left } = await sendToOthers(sender, request);
  if (left.length === 0) return true;
  const names = left.map(({ tag, url, reason }) => `${tag} (${url}: ${reason})`).join(', ');
  answerError(res, 502, 'Gateway.NodesLeft', `Done on ${done.join(', ')}; not on ${names}.`);
  return false;
}

/** What requests go over, and who is asked. */
export interface ForwardSide {
  readonly upstream: Upstream;
  readonly nodes: ClusterNodes;
}

/**
 * Sends one request to RavenDB and streams the answer back, byte for byte. Never throws: what goes wrong becomes a typed answer.
 * @param path path and query as RavenDB shall see them
 */
export async function forward(
  { upstream, nodes }: ForwardSide,
  route: AllowedRoute,
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
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
    if (route.tellsNodes === true) delete headers['accept-encoding'];
    const request: UpstreamRequest = {
      origin: nodes.current(),
      path,
      method: req.method ?? 'GET',
      headers,
      signal: abort.signal,
      ...(body === undefined ? {} : { body }),
    };
    const { answer, origin, asked } = await sendToCluster({ upstream, sender, nodes }, request);
    if (answer.status === 428 && origin !== asked) {
      // It asked us for a code that the page can't enter there: the page's own session is with another node.
      await answer.body.dump();
      answerError(
        res,
        502,
        'Gateway.LeaderNeedsSecondFactor',
        `The leader, ${origin}, wants a code of its own: this session is open on ${asked} only.`,
      );
      return;
    }
    const refused = answer.status === 403 || answer.status === 428;
    const good = answer.status < 300;
    let content: Readable = answer.body;
    if (sender !== upstream || route.tellsNodes === true) {
      // Read first, so that the connection is free for what has to be asked over it.
      const bytes = await buffer(answer.body);
      content = Readable.from([bytes]);
      const topology = good && route.tellsNodes === true ? parseTopology(bytes.toString()) : undefined;
      if (topology !== undefined) nodes.learn(topology);
    }
    if (good && sender !== upstream)
      for (const fingerprint of await successorsOf(sender, asked, abort.signal)) upstream.trustAlso(fingerprint);
    if (good && route.everyNode !== undefined && (body === undefined || body instanceof Uint8Array)) {
      const { body: _, ...rest } = request;
      const own: RepeatableRequest = { ...rest, origin: asked, ...(body === undefined ? {} : { body }) };
      if (!(await reachOthers({ what: route.everyNode, sender, request: own }, res))) return;
    }
    // A refusal may be an old one: only a new connection shows whether we have been let in since.
    if (refused || (good && changedIdentity(route, path, bodyText, upstream.ownThumbprint()))) answer.dropPool();
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
