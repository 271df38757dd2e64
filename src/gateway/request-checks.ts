import type { IncomingMessage } from 'node:http';

/** Why a request is turned away, in words for the person who sees it. */
export interface Refusal {
  readonly message: string;
  /** A page load that came from another site: the person may still want it, and can say so with one click. */
  readonly crossSitePage: boolean;
}

const refusal = (message: string): Refusal => ({ message, crossSitePage: false });

/** All values of a header that may come once only; in HTTP/2 the host is the authority. */
function valuesOf(req: IncomingMessage, name: 'host' | 'origin'): string[] {
  const values = req.rawHeaders.flatMap((text, i) =>
    i % 2 === 0 && text.toLowerCase() === name ? [req.rawHeaders[i + 1] ?? ''] : [],
  );
  const authority = req.httpVersionMajor > 1 && name === 'host' ? req.headers[':authority'] : undefined;
  return typeof authority === 'string' ? [authority, ...values] : values;
}

/** The host that a request is for, lower-case; undefined when it names none, or several. */
export function hostOf(req: IncomingMessage): string | undefined {
  const [host, ...more] = [...new Set(valuesOf(req, 'host').map((value) => value.toLowerCase()))];
  return more.length === 0 ? host : undefined;
}

/**
 * True for anything that may be a browser: every one that can run the console says so in both ways. Programs say neither, though Node's
 * `fetch` sends a `Sec-Fetch-Mode`.
 */
export const isBrowser = (req: IncomingMessage): boolean =>
  req.headers['sec-fetch-site'] !== undefined ||
  req.headers['sec-fetch-dest'] !== undefined ||
  (req.headers['user-agent'] ?? '').includes('Mozilla/');

/** True for a browser that loads a page into a tab of its own (not a frame, not a script). */
export function isPageLoad(req: IncomingMessage): boolean {
  if (req.method !== 'GET' && req.method !== 'HEAD') return false;
  const mode = req.headers['sec-fetch-mode'];
  const dest = req.headers['sec-fetch-dest'];
  if (mode === undefined && dest === undefined) return (req.headers.accept ?? '').includes('text/html');
  return mode === 'navigate' && (dest === undefined || dest === 'document');
}

/** A form of a page that sends no referrer has the origin `null` (Fetch, “append a request Origin header”). */
const isOwnForm = (req: IncomingMessage, origin: string): boolean =>
  origin === 'null' &&
  req.headers['sec-fetch-site'] === 'same-origin' &&
  req.headers['sec-fetch-mode'] === 'navigate' &&
  req.headers['sec-fetch-dest'] === 'document';

/**
 * Judges who sends the request. Cookies know neither ports nor (between loopback ports) sites, so the cookie alone says little:
 * `Host` keeps out names that somebody else's DNS points here, `Sec-Fetch-Site` and `Origin` keep out pages of other origins.
 * A browser that sends no fetch metadata gets through with reads, whose answers other origins can't see; its writes need an `Origin`.
 * @param hosts the values of `Host` that are ours, such as `127.0.0.1:4280`, lower-case
 * @param protocol of the pages we serve
 */
export function refusalOf(
  req: IncomingMessage,
  hosts: ReadonlySet<string>,
  protocol: 'http:' | 'https:',
): Refusal | undefined {
  const host = hostOf(req);
  if (host === undefined || !hosts.has(host))
    return refusal('This address isn’t one the console answers on. Use the link that it printed.');
  const origins = valuesOf(req, 'origin');
  if (origins.some((origin) => origin.toLowerCase() !== `${protocol}//${host}` && !isOwnForm(req, origin)))
    return refusal('Requests from other sites are refused.');
  if ((req.headers['sec-purpose'] ?? req.headers.purpose ?? '').includes('prefetch'))
    return refusal('Nothing is loaded ahead of time here.');
  const read = req.method === 'GET' || req.method === 'HEAD';
  const page = isPageLoad(req);
  switch (req.headers['sec-fetch-site']) {
    case 'same-origin':
      return undefined;
    case 'none':
      return page ? undefined : refusal('Only a page can be opened from outside the console.');
    case undefined:
      return read || origins.length > 0 ? undefined : refusal('The browser doesn’t say where this request comes from.');
    default:
      return { message: 'Requests from other sites are refused.', crossSitePage: page };
  }
}
