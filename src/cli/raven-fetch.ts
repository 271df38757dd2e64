import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { leaderOrigin } from '../gateway/leader.ts';
import type { Upstream, UpstreamAnswer } from '../gateway/upstream.ts';

/** Statuses whose `Response` may have no body. */
const bodiless = new Set([101, 204, 205, 304]);

function toResponse({ status, headers, body }: UpstreamAnswer): Response {
  const answer = new Headers();
  for (const [name, value] of Object.entries(headers))
    for (const line of [value ?? []].flat()) answer.append(name, line);
  if (bodiless.has(status)) {
    body.resume();
    return new Response(null, { status, headers: answer });
  }
  const packed = answer.get('content-encoding') === 'gzip';
  const plain = packed ? body.compose<Readable>(createGunzip()) : body;
  return new Response(Readable.toWeb(plain) as ReadableStream<Uint8Array>, { status, headers: answer });
}

/**
 * A `fetch` for `RavenApi` over the gateway's connections: Node's own knows no client certificates. A redirect to the leader is followed
 * when that is a node of the cluster; to any other place our certificate isn't shown.
 */
export function ravenFetch(upstream: Upstream): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const signal = init.signal ?? new AbortController().signal;
    const headers = Object.fromEntries(new Headers(init.headers));
    const body = typeof init.body === 'string' ? { body: Buffer.from(init.body) } : {};
    const send = (origin: string): Promise<UpstreamAnswer> =>
      upstream.send({
        origin,
        path: url.pathname + url.search,
        method: init.method ?? 'GET',
        headers: { ...headers, 'accept-encoding': 'gzip' },
        ...body,
        signal,
      });
    const answer = await send(url.origin);
    if (answer.status !== 307) return toResponse(answer);
    const location = [answer.headers.location].flat()[0];
    const leader = await leaderOrigin(upstream, url.origin, location, signal);
    if (leader === undefined) return toResponse(answer);
    answer.body.resume();
    return toResponse(await send(leader));
  };
}
