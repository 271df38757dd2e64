import type { IncomingMessage, ServerResponse } from 'node:http';
import { allowedRoute } from './allowed-routes.ts';
import { answerError, answerJson } from './answer.ts';
import { createConsoleFiles } from './console-files.ts';
import { createClusterNodes } from './cluster-nodes.ts';
import { forward } from './forward.ts';
import type { LinkAccess } from './link-access.ts';
import { answerCrossSitePage, answerSignInPage, answerUsedLinkPage } from './notice-page.ts';
import { isPageLoad, refusalOf } from './request-checks.ts';
import { protectData } from './security-headers.ts';
import type { ClientIdentity, ServerTrust } from './server-trust.ts';
import { createUpstream } from './upstream.ts';

export interface GatewayOptions {
  /** Addresses of RavenDB's nodes, `https://host:port`: the first is asked while it answers, then another. */
  readonly serverUrls: readonly string[];
  readonly identity: ClientIdentity;
  readonly trust: ServerTrust;
  /** Values of the `Host` header that are ours, such as `127.0.0.1:4280`. */
  readonly hosts: readonly string[];
  /** What browsers open. */
  readonly origin: string;
  readonly access: LinkAccess;
  /** Folder of the built console. */
  readonly files: string;
}

export interface Gateway {
  /** For `http.createServer`; answers every request and never throws. */
  readonly handle: (req: IncomingMessage, res: ServerResponse) => void;
  readonly close: () => Promise<void>;
}

const answerUnknown = (res: ServerResponse): void =>
  answerError(res, 404, 'Gateway.UnknownRoute', 'The console has nothing here.');

/**
 * What stands between a browser on this machine and RavenDB: it holds the admin's certificate, so that the browser never has to.
 * `/` is the console, `/raven/…` RavenDB's API, `/gateway/info` says which server that is, `/sign-in?token=…` takes a printed link.
 * @throws when the identity can't be read, or the folder holds no console
 */
export function createGateway(options: GatewayOptions): Gateway {
  const nodes = createClusterNodes(options.serverUrls);
  const hosts = new Set(options.hosts.map((host) => host.toLowerCase()));
  const protocol = options.origin.startsWith('https:') ? 'https:' : 'http:';
  const serveFile = createConsoleFiles(options.files);
  const upstream = createUpstream(options.identity, options.trust);

  const signIn = (req: IncomingMessage, res: ServerResponse, query: string): void => {
    if (req.method !== 'GET') {
      answerError(res, 404, 'Gateway.UnknownRoute', 'A link is opened with GET.');
      return;
    }
    const cookie = options.access.redeem(new URLSearchParams(query).get('token') ?? '');
    if (cookie !== undefined) res.setHeader('Set-Cookie', cookie);
    // A used link in a browser that is signed in already is somebody's way back.
    if (cookie === undefined && !options.access.isSignedIn(req)) {
      answerUsedLinkPage(res);
      return;
    }
    res.statusCode = 303;
    res.setHeader('Location', '/');
    res.end();
  };

  const answer = (req: IncomingMessage, res: ServerResponse): void => {
    protectData(res);
    const refused = refusalOf(req, hosts, protocol);
    if (refused !== undefined) {
      if (refused.crossSitePage) answerCrossSitePage(res);
      else answerError(res, 403, 'Gateway.Refused', refused.message);
      return;
    }
    const target = req.url ?? '/';
    const [path = '/', ...rest] = target.split('?');
    const query = rest.join('?');
    if (path === '/sign-in') {
      signIn(req, res, query);
      return;
    }
    if (!options.access.isSignedIn(req)) {
      if (isPageLoad(req)) answerSignInPage(res);
      else answerError(res, 401, 'Gateway.SignInRequired', 'This browser isn’t signed in to the console.');
      return;
    }
    if (path.startsWith('/raven/')) {
      const ravenPath = path.slice('/raven'.length);
      const route = allowedRoute(req.method ?? '', ravenPath);
      if (route !== undefined) {
        void forward({ upstream, nodes }, route, rest.length > 0 ? `${ravenPath}?${query}` : ravenPath, req, res);
        return;
      }
    } else if (path === '/gateway/info' && req.method === 'GET') {
      answerJson(res, { serverUrl: nodes.current(), nodes: nodes.report() });
      return;
    } else if ((req.method === 'GET' || req.method === 'HEAD') && /^\/(?!gateway\/)/.test(path)) {
      serveFile(req, res, () => answerUnknown(res));
      return;
    }
    answerUnknown(res);
  };

  return { handle: answer, close: upstream.close };
}
