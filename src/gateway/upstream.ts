import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import { secureContextOf, trustingConnector, type ClientIdentity, type ServerTrust } from './server-trust.ts';

/** RavenDB may take a minute to replace a certificate over a cluster, and seconds to make a key. Milliseconds. */
const headersTimeout = 120_000;
const bodyTimeout = 120_000;
const idleTimeout = 30_000;
/** Browsers open six connections to one origin. */
const maxConnections = 16;

export interface UpstreamRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Dispatcher.ResponseData['body'];
  /** Drops the connections that this answer came over, unless that happened already. */
  readonly dropPool: () => void;
}

/** Something that requests can be sent over. */
export interface Sender {
  /** @throws ServerNotTrustedError, or what undici throws when there is no answer */
  readonly send: (request: UpstreamRequest) => Promise<UpstreamAnswer>;
  readonly close: () => Promise<void>;
}

/** Our connections to RavenDB: one keep-alive pool, and what RavenDB wants us to remember. */
export interface Upstream extends Sender {
  /**
   * New requests get new connections. RavenDB settles who we are once per connection, so this is how a change of rights is seen.
   * Requests under way end on the old ones.
   */
  readonly dropPool: () => void;
  /** One connection beside the pool, for requests that have to go over the same one. */
  readonly single: () => Sender;
  /** SHA-1 of our own certificate, 40 upper-case hex digits; unknown before the first connection. */
  readonly ownThumbprint: () => string | undefined;
  /** Adds a fingerprint (SHA-256, hex) to those that make a server's certificate good. */
  readonly trustAlso: (fingerprint: string) => void;
}

const twoFactorCookie = '2fa-cookie';

/** @returns the value of RavenDB's two-factor cookie, empty when it is void from the start; nothing when none is set */
function twoFactorCookieIn(headers: IncomingHttpHeaders): string | undefined {
  // undici gives a header that came once as a string, whatever the type says.
  for (const line of [headers['set-cookie'] ?? []].flat()) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    if (!pair.startsWith(`${twoFactorCookie}=`)) continue;
    const age = attributes.map((text) => /^max-age=(-?\d+)$/i.exec(text)?.[1]).find((text) => text !== undefined);
    return age !== undefined && Number(age) <= 0 ? '' : pair.slice(twoFactorCookie.length + 1);
  }
  return undefined;
}

/** @throws when the identity can't be read */
export function createUpstream(identity: ClientIdentity, trust: ServerTrust): Upstream {
  const connector = trustingConnector(secureContextOf(identity, trust), trust);
  const makePool = (connections: number): Agent =>
    new Agent({
      connect: connector.connect,
      connections,
      pipelining: 1,
      keepAliveTimeout: idleTimeout,
      headersTimeout,
      bodyTimeout,
    });
  let pool = makePool(maxConnections);
  /** Pools whose last requests are still under way, and single connections. */
  const others = new Set<Agent>();
  /** Two-factor sessions are each node's own: the cookie goes back to the node that set it. */
  const cookies = new Map<string, string>();
  const dropPool = (): void => {
    const old = pool;
    pool = makePool(maxConnections);
    others.add(old);
    void old.close().finally(() => others.delete(old));
  };
  const sendOver = async (
    used: Agent,
    { origin, path, method, headers, body, signal }: UpstreamRequest,
  ): Promise<UpstreamAnswer> => {
    const current = pool;
    const cookie = cookies.get(origin);
    const answer = await used.request({
      origin,
      path,
      method,
      headers: cookie === undefined ? headers : { ...headers, cookie: `${twoFactorCookie}=${cookie}` },
      body:
        body === undefined || body instanceof Uint8Array ? (body ?? null) : Readable.from(body, { objectMode: false }),
      signal,
    });
    const fresh = twoFactorCookieIn(answer.headers);
    if (fresh === '') cookies.delete(origin);
    else if (fresh !== undefined) cookies.set(origin, fresh);
    // Refused although we showed the cookie: the session is over. One that came in the meantime stays.
    else if (answer.statusCode === 428 && cookie !== undefined && cookies.get(origin) === cookie)
      cookies.delete(origin);
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: answer.body,
      dropPool: () => {
        if (current === pool) dropPool();
      },
    };
  };
  return {
    ownThumbprint: connector.ownThumbprint,
    trustAlso: connector.trustAlso,
    dropPool,
    send: (request) => sendOver(pool, request),
    single: () => {
      const one = makePool(1);
      others.add(one);
      const close = (): Promise<void> => one.close().finally(() => others.delete(one));
      return { send: (request) => sendOver(one, request), close };
    },
    close: async () => {
      await Promise.all([pool, ...others].map((each) => each.destroy()));
    },
  };
}
