import { isIPv6 } from 'node:net';
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

/** Where an origin lies, as .NET's Uri reads it; hosts in lower case. */
interface Place {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
}

function malformed(why: string): RavenException {
  return new RavenException('System.UriFormatException', `Invalid URI: ${why}`);
}

/** Schemes that can't do without an authority. */
const needAuthority = /^(https?|wss?|ftp|telnet|net\.tcp|net\.pipe)$/;
const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443', ws: '80', wss: '443', ftp: '21' };

/**
 * Reads an origin by the rules of .NET's Uri, since what that refuses is RavenDB's error, not its answer to a foreign site. Undefined for
 * what has no host: files, and schemes such as `about:`. Throws UriFormatException when it is no URI.
 */
function placeOf(origin: string): Place | undefined {
  const text = origin.trim();
  if (text === '') throw malformed('The URI is empty.');
  if (/^(\/|\\\\|[a-z]:[/\\])/i.test(text)) return undefined;
  if (/^[a-z]:/i.test(text) && text.length > 2) throw malformed("A Dos path must be rooted, for example, 'c:\\'.");
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) throw malformed('The format of the URI could not be determined.');
  const authority = /^\/\/([^/?#]*)/.exec(text.slice(scheme.length + 1))?.[1];
  if (authority === undefined) {
    if (needAuthority.test(scheme)) throw malformed('The Authority/Host could not be parsed.');
    return undefined;
  }
  if (scheme === 'file') return undefined;
  const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority.slice(authority.lastIndexOf('@') + 1)) ?? [];
  if (host === undefined || !isHost(host)) throw malformed('The hostname could not be parsed.');
  if (port !== undefined && !(/^\d*$/.test(port) && Number(port) <= 65535)) throw malformed('Invalid port specified.');
  const number = port === undefined || port === '' ? undefined : String(Number(port));
  return { scheme, host: host.toLowerCase(), port: number ?? defaultPorts[scheme] ?? '' };
}

function isHost(host: string): boolean {
  if (host.startsWith('[')) return isIPv6(host.slice(1, -1));
  return /^[\p{L}\p{Nd}_-]+(\.[\p{L}\p{Nd}_-]+)*\.?$/u.test(host);
}

/** Is the text, a host with or without a port, that place? A default port may be left out on either side. */
function isAt(text: string, { scheme, host, port }: Place): boolean {
  const [, name, given] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text.toLowerCase()) ?? [];
  return name === host && (given ?? defaultPorts[scheme] ?? '') === port;
}

/**
 * RavenDB's filter against requests that another site makes a browser send: the origin must be the host of the request, a node of
 * the cluster, a trusted one, or named by one of the additional headers. Throws when the origin is no URL.
 */
export function isOriginTrusted({ origin, host, settings, nodeUrl, header }: OriginQuestion): boolean {
  const place = placeOf(origin);
  if (place === undefined) return false;
  if (isAt(host, place)) return true;
  const node = new URL(nodeUrl);
  if (isAt(`${node.hostname}:${node.port || '443'}`, place)) return true;
  if (settings.trustedOrigins.includes(place.host)) return true;
  return settings.additionalOriginHeaders.some((name) => {
    const value = header(name);
    return value !== undefined && (isAt(value, place) || value.toLowerCase() === origin.toLowerCase());
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
