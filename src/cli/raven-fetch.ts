import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { leaderOrigin } from '../gateway/leader.ts';
import { readWhole } from '../gateway/read-whole.ts';
import type { Upstream, UpstreamAnswer } from '../gateway/upstream.ts';

/** Statuses whose `Response` may have no body. */
const bodiless = new Set([101, 204, 205, 304]);

/** Larger than any list; an answer that is longer, or unpacks to more, is not from RavenDB. Bytes. */
const maxOutputLength = 2 ** 30;
const unpack = promisify(gunzip);

async function toResponse({ status, headers, body }: UpstreamAnswer): Promise<Response> {
  const answer = new Headers();
  for (const [name, value] of Object.entries(headers))
    for (const line of [value ?? []].flat()) answer.append(name, line);
  const bytes = await readWhole(body, maxOutputLength);
  const packed = bytes.length > 0 && answer.get('content-encoding') === 'gzip';
  const plain = packed ? await unpack(bytes, { maxOutputLength }) : bytes;
  return new Response(bodiless.has(status) ? null : new Uint8Array(plain), { status, headers: answer });
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
    await answer.body.dump();
    return toResponse(await send(leader));
  };
}
