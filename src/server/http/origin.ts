import type { Settings } from '../settings/settings.ts';
import { RavenException } from './raven-exception.ts';

interface OriginQuestion {
  readonly origin: string;
  /** The Host header of the request. */
  readonly host: string;
  readonly settings: Settings;
  /** The public URL of this node, the one of its cluster. */
  readonly nodeUrl: string;
  readonly header: (name: string) => string | undefined;
}

function parse(origin: string): URL {
  if (!URL.canParse(origin) || !/^[a-z][a-z0-9+.-]*:\/\//i.test(origin))
    throw new RavenException(
      'System.UriFormatException',
      origin === '' ? 'Invalid URI: The URI is empty.' : 'Invalid URI: The format of the URI could not be determined.',
    );
  return new URL(origin);
}

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const authority = (url: URL) => `${url.hostname}:${url.port || (defaultPorts[url.protocol] ?? '')}`.toLowerCase();

/**
 * RavenDB's filter against requests that another site makes a browser send: the origin must be the host of the request, a node of
 * the cluster, a trusted one, or named by one of the additional headers. Throws when the origin is no URL.
 */
export function isOriginTrusted({ origin, host, settings, nodeUrl, header }: OriginQuestion): boolean {
  const url = parse(origin);
  if (url.host.toLowerCase() === host.toLowerCase()) return true;
  // A default port may be left out on either side.
  if (URL.canParse(`${url.protocol}//${host}`) && authority(new URL(`${url.protocol}//${host}`)) === authority(url))
    return true;
  if (authority(new URL(nodeUrl)) === authority(url)) return true;
  if (settings.trustedOrigins.includes(url.hostname.toLowerCase())) return true;
  return settings.additionalOriginHeaders.some((name) => {
    const value = header(name);
    return (
      value !== undefined &&
      (value.toLowerCase() === url.host.toLowerCase() || value.toLowerCase() === origin.toLowerCase())
    );
  });
}

/** The headers of a route that cluster nodes may call across origins. */
export function crossOriginHeaders(
  question: Pick<OriginQuestion, 'host' | 'nodeUrl' | 'header'> & { origin: string | undefined },
): Record<string, string> {
  const headers: Record<string, string> = { vary: 'Origin' };
  const { origin, host, nodeUrl, header } = question;
  if (origin === undefined) return headers;
  if (URL.canParse(origin)) {
    const url = new URL(origin);
    if (url.host.toLowerCase() === host.toLowerCase() || url.origin === new URL(nodeUrl).origin)
      headers['access-control-allow-origin'] = origin;
  }
  headers['access-control-allow-methods'] = 'PUT, POST, GET, OPTIONS, DELETE';
  const requested = header('access-control-request-headers');
  if (requested !== undefined) headers['access-control-allow-headers'] = requested;
  headers['access-control-max-age'] = '86400';
  return headers;
}
