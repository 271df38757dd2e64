import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { answerError } from './answer.ts';
import type { AllowedRoute } from './allowed-routes.ts';
import { leaderOrigin } from './leader.ts';
import { readWhole } from './read-whole.ts';
import { ServerNotTrustedError } from './server-trust.ts';
import { successorsOf } from './successor.ts';
import type { Sender, Upstream, UpstreamAnswer, UpstreamRequest } from './upstream.ts';

/** Bytes of a request body. The largest that the console sends is a set of certificates. */
export const maxBody = 32 * 1024 * 1024;
/** A leader that isn't one any more points on; more often than this it goes in circles. */
const maxRedirects = 3;

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

/** Sends to `request.origin` and follows 307s to members of the cluster, the method, path and body staying ours. */
async function sendFollowing(sender: Sender, request: UpstreamRequest, canRepeat: boolean): Promise<UpstreamAnswer> {
  let target = request;
  for (let redirects = 0; ; redirects += 1) {
    const answer = await sender.send(target);
    if (answer.status !== 307) return answer;
    await answer.body.dump();
    const next = await leaderOrigin(sender, request.origin, answer.headers.location, request.signal);
    if (next === undefined) throw new Error('it points to a server that isn’t a node of its cluster');
    if (!canRepeat) throw new Error('it points to another node where the contract knows no such answer');
    if (redirects >= maxRedirects) throw new Error('its nodes point to each other as the leader');
    target = { ...request, origin: next };
  }
}

/** RavenDB closes idle connections when it likes; a read that meets that moment is simply asked again. */
async function sendTwice(send: () => Promise<UpstreamAnswer>, request: UpstreamRequest): Promise<UpstreamAnswer> {
  try {
    return await send();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    const cut = code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
    if (!cut || request.method !== 'GET' || request.signal.aborted) throw error;
    return await send();
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
  const { code, message } = error as { code?: unknown; message?: unknown };
  const reason = typeof code === 'string' && !code.startsWith('UND_') ? code : String(message);
  if (error instanceof ServerNotTrustedError)
    answerError(res, 502, 'Gateway.ServerNotTrusted', `The certificate of ${serverUrl} isn’t trusted: ${reason}.`);
  else answerError(res, 502, 'Gateway.ServerUnreachable', `No answer from ${serverUrl}: ${reason}.`);
}

/**
 * Sends one request to RavenDB and streams the answer back, byte for byte. Never throws: what goes wrong becomes a typed answer.
 * @param path path and query as RavenDB shall see them
 */
export async function forward(
  { upstream, serverUrl }: { upstream: Upstream; serverUrl: string },
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
    const body = route.leaderOnly === true && stream !== undefined ? await buffer(stream) : stream;
    const headers = upstreamHeaders(req);
    if (body instanceof Uint8Array) headers['content-length'] = String(body.length);
    const request: UpstreamRequest = {
      origin: serverUrl,
      path,
      method: req.method ?? 'GET',
      headers,
      signal: abort.signal,
      ...(body === undefined ? {} : { body }),
    };
    const canRepeat = body === undefined || body instanceof Uint8Array;
    const answer = await sendTwice(() => sendFollowing(sender, request, canRepeat), request);
    const refused = answer.status === 403 || answer.status === 428;
    const good = answer.status < 300;
    let content: Readable = answer.body;
    if (sender !== upstream) {
      // Read first, so that the connection is free for what has to be asked over it.
      content = Readable.from([await readWhole(answer.body)]);
      if (good)
        for (const fingerprint of await successorsOf(sender, serverUrl, abort.signal)) upstream.trustAlso(fingerprint);
    }
    // A refusal may be an old one: only a new connection shows whether we have been let in since.
    if (refused || (good && changedIdentity(route, path, bodyText, upstream.ownThumbprint()))) answer.dropPool();
    res.statusCode = answer.status;
    for (const name of answerHeaders) {
      const value = answer.headers[name];
      if (value !== undefined) res.setHeader(name, value);
    }
    await pipeline(content, res);
  } catch (error) {
    if (!abort.signal.aborted && !res.destroyed) answerFailure(res, error, serverUrl);
  } finally {
    if (sender !== upstream) await sender.close();
  }
}
