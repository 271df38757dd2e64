import type { IncomingMessage, ServerResponse } from 'node:http';
import { allowedRoute } from './allowed-routes.ts';
import { answerError, answerJson } from './answer.ts';
import { forward } from './forward.ts';
import { refusalOf } from './request-checks.ts';
import { protectData } from './security-headers.ts';
import type { ClientIdentity, ServerTrust } from './server-trust.ts';
import { createUpstream } from './upstream.ts';

/** How a portal reaches RavenDB. */
export interface PortalGatewayOptions {
  /** RavenDB's address, `https://host:port`. */
  readonly url: string;
  /** The certificate by which RavenDB knows the portal, with its key, as PKCS#12. */
  readonly pfx?: Uint8Array | undefined;
  /** Instead of `pfx`: certificate and key as PEM; both may be in `cert`. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Of `pfx` or `key`. */
  readonly passphrase?: string | undefined;
  /** PEM of authorities that vouch for the server, beside the system's. */
  readonly ca?: string | undefined;
  /** SHA-256 fingerprints (hex) of server certificates that are trusted whoever issued them. */
  readonly fingerprints?: readonly string[] | undefined;
  /**
   * The portal's own sign-in: whether whoever sends this request may use the certificate above. Asked for each request; what isn't exactly
   * `true` is turned away with 401, what throws with 403.
   */
  readonly authorize: (req: IncomingMessage) => boolean | Promise<boolean>;
  /**
   * Where browsers reach the portal, such as `https://portal.example.com`: only this host is answered then. A proxy in between has to pass
   * `Host` on. Left out: whatever `Host` says.
   */
  readonly publicUrl?: string | undefined;
  /** Path that the handler is mounted at and that its server leaves in `req.url`; Express and Connect take it off themselves. */
  readonly path?: string | undefined;
}

/** For `http.createServer`, `app.use` and the like. Without `next` it answers what isn't its own with 404. */
export interface PortalGateway {
  (req: IncomingMessage, res: ServerResponse, next?: () => void): void;
  /** Ends the connections to RavenDB. */
  close(): Promise<void>;
}

/** @throws TypeError when there is no identity */
function identityOf({ pfx, cert, key, passphrase }: PortalGatewayOptions): ClientIdentity {
  const secret = passphrase === undefined ? {} : { passphrase };
  if (pfx !== undefined) return { pfx, ...secret };
  if (cert !== undefined) return { cert, key: key ?? cert, ...secret };
  throw new TypeError('createGateway needs the certificate that RavenDB knows: pfx, or cert and key.');
}

/** Who may send requests: pages of the portal's own origin. Without `publicUrl` that is whatever `Host` says. */
function refused(req: IncomingMessage, publicUrl: URL | undefined): string | undefined {
  const origin = req.headers.origin ?? '';
  const protocol = publicUrl?.protocol ?? (origin.startsWith('https:') ? 'https:' : 'http:');
  const host = publicUrl?.host ?? req.headers.host ?? '';
  return refusalOf(req, new Set([host.toLowerCase()]), protocol === 'https:' ? 'https:' : 'http:')?.message;
}

/**
 * What a portal's own server passes to RavenDB, with the portal's sign-in in front: `raven/…` below the place where it is mounted is
 * RavenDB's API (only the routes that the console uses), `gateway/info` says which server that is. Everybody whom `authorize` lets in acts
 * with the one certificate given here, and shares its two-factor session.
 * @throws when the certificate can't be read
 */
export function createGateway(options: PortalGatewayOptions): PortalGateway {
  const serverUrl = new URL(options.url).origin;
  const publicUrl = options.publicUrl === undefined ? undefined : new URL(options.publicUrl);
  const prefix = (options.path ?? '').replace(/(?<!\/)\/+$/, '');
  const { ca, fingerprints } = options;
  const trust: ServerTrust = {
    ...(ca === undefined ? {} : { ca }),
    ...(fingerprints === undefined ? {} : { fingerprints }),
  };
  const upstream = createUpstream(identityOf(options), trust);

  const answer = async (req: IncomingMessage, res: ServerResponse, target: string): Promise<void> => {
    protectData(res);
    const problem = refused(req, publicUrl);
    if (problem !== undefined) {
      answerError(res, 403, 'Gateway.Refused', problem);
      return;
    }
    let allowed: unknown;
    try {
      allowed = await options.authorize(req);
    } catch {
      answerError(res, 403, 'Gateway.Refused', 'The portal couldn’t tell whether you may do this.');
      return;
    }
    if (allowed !== true) {
      answerError(res, 401, 'Gateway.SignInRequired', 'The portal wants you to sign in.');
      return;
    }
    const [path = '/', ...rest] = target.split('?');
    if (path === '/gateway/info' && req.method === 'GET') {
      answerJson(res, { serverUrl });
      return;
    }
    const ravenPath = path.slice('/raven'.length);
    const route = path.startsWith('/raven/') ? allowedRoute(req.method ?? '', ravenPath) : undefined;
    if (route === undefined) answerError(res, 404, 'Gateway.UnknownRoute', 'The gateway has nothing here.');
    else await forward({ upstream, serverUrl }, route, [ravenPath, ...rest].join('?'), req, res);
  };

  const handle = (req: IncomingMessage, res: ServerResponse, next?: () => void): void => {
    const url = req.url ?? '/';
    const target = url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : undefined;
    if (target !== undefined && /^\/(?:raven|gateway)\//.test(target)) void answer(req, res, target);
    else if (next !== undefined) next();
    else answerError(res, 404, 'Gateway.UnknownRoute', 'The gateway has nothing here.');
  };
  return Object.assign(handle, { close: upstream.close });
}
