import type { IncomingMessage, ServerResponse } from 'node:http';
import { allowedRoute } from './allowed-routes.ts';
import { answerError, answerJson } from './answer.ts';
import { createConsoleFiles } from './console-files.ts';
import { createClusterNodes } from './cluster-nodes.ts';
import { forward } from './forward.ts';
import type { LinkAccess } from './link-access.ts';
import { answerCrossSitePage, answerSignedOutPage, answerSignInPage, answerUsedLinkPage } from './notice-page.ts';
import { isBrowser, isPageLoad, refusalOf } from './request-checks.ts';
import { protectData } from './security-headers.ts';
import type { ClientIdentity, ServerTrust } from './server-trust.ts';
import type { SessionEnd, Sessions, Standing } from './sessions.ts';
import { createUnderWay } from './under-way.ts';
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
  readonly sessions: Sessions;
  /** Folder of the built console. */
  readonly files: string;
}

export interface Gateway {
  /** For `http.createServer`; answers every request and never throws. */
  readonly handle: (req: IncomingMessage, res: ServerResponse) => void;
  /** Answers what is under way (see {@link createUnderWay}), then ends the connections to RavenDB. */
  readonly close: () => Promise<void>;
}

const isOpen = (standing: Standing): standing is 'all' | 'cookie' => standing === 'all' || standing === 'cookie';

function redirect(res: ServerResponse, to: string): void {
  res.statusCode = 303;
  res.setHeader('Location', to);
  res.end();
}

const answerUnknown = (res: ServerResponse): void =>
  answerError(res, 404, 'Gateway.UnknownRoute', 'The console has nothing here.');

/**
 * What stands between a browser on this machine and RavenDB: it holds the admin's certificate, so that the browser never has to.
 * `/` is the console, `/raven/…` RavenDB's API, `/gateway/info` says which server that is, `/sign-in?token=…` takes a printed link,
 * `POST /gateway/sign-out` ends the session and leads to `/signed-out`.
 *
 * A cookie goes to every port of its host. So it opens nothing by itself: data wants the session's secret as well, which the page keeps
 * for its own origin.
 * @throws when the identity can't be read, or the folder holds no console
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { access, sessions } = options;
  const nodes = createClusterNodes(options.serverUrls);
  const hosts = new Set(options.hosts.map((host) => host.toLowerCase()));
  const protocol = options.origin.startsWith('https:') ? 'https:' : 'http:';
  const files = createConsoleFiles(options.files);
  const upstream = createUpstream(options.identity, options.trust);
  const underWay = createUnderWay();

  const signIn = (req: IncomingMessage, res: ServerResponse, query: string): void => {
    if (req.method !== 'GET') answerError(res, 404, 'Gateway.UnknownRoute', 'A link is opened with GET.');
    else if (access.redeem(new URLSearchParams(query).get('token') ?? '')) {
      const { cookie, secret } = sessions.begin(isBrowser(req) ? 'browser' : 'script');
      res.setHeader('Set-Cookie', cookie);
      if (secret === undefined) redirect(res, '/');
      else files.serveSignedIn(req, res, secret);
    }
    // A used link in a browser that is signed in already is somebody's way back.
    else if (isOpen(sessions.standing(req))) redirect(res, '/');
    else answerUsedLinkPage(res);
  };

  const refuseStranger = (req: IncomingMessage, res: ServerResponse, standing: SessionEnd | 'none'): void => {
    if (isPageLoad(req)) answerSignInPage(res, standing, sessions.idleText);
    else if (standing === 'none')
      answerError(res, 401, 'Gateway.SignInRequired', 'This browser isn’t signed in to the console.');
    else
      answerError(
        res,
        401,
        'Gateway.SessionEnded',
        standing === 'idle'
          ? `Nothing was done here for ${sessions.idleText}.`
          : 'Somebody signed out here, perhaps in another tab.',
      );
  };

  const answer = (req: IncomingMessage, res: ServerResponse): void | Promise<void> => {
    protectData(res);
    const target = req.url ?? '/';
    const [path = '/', ...rest] = target.split('?');
    const query = rest.join('?');
    const refused = refusalOf(req, hosts, protocol);
    // A sign-in link may be opened from anywhere: whoever has it needs no other proof.
    if (refused !== undefined && !(refused.crossSitePage && path === '/sign-in')) {
      if (refused.crossSitePage) answerCrossSitePage(res);
      else answerError(res, 403, 'Gateway.Refused', refused.message);
      return;
    }
    if (path === '/sign-in') {
      signIn(req, res, query);
      return;
    }
    if (path === '/signed-out' && isPageLoad(req)) {
      answerSignedOutPage(res);
      return;
    }
    if (path === '/gateway/sign-out' && req.method === 'POST') {
      res.setHeader('Set-Cookie', sessions.end(req));
      redirect(res, '/signed-out');
      return;
    }
    const standing = sessions.standing(req);
    const data = /^\/(?:raven|gateway)\//.test(path);
    if (!isOpen(standing)) {
      refuseStranger(req, res, standing);
      return;
    }
    if (data && standing !== 'all') {
      answerError(res, 401, 'Gateway.SignInRequired', 'This page isn’t signed in to the console.');
      return;
    }
    if (path.startsWith('/raven/')) {
      const ravenPath = path.slice('/raven'.length);
      const route = allowedRoute(req.method ?? '', ravenPath);
      if (route !== undefined)
        return forward({ upstream, nodes }, route, rest.length > 0 ? `${ravenPath}?${query}` : ravenPath, req, res);
    } else if (path === '/gateway/info' && req.method === 'GET') {
      answerJson(res, { serverUrl: nodes.current(), nodes: nodes.report() });
      return;
    } else if ((req.method === 'GET' || req.method === 'HEAD') && /^\/(?!gateway\/)/.test(path)) {
      files.serve(req, res, () => answerUnknown(res));
      return;
    }
    answerUnknown(res);
  };

  return {
    handle: (req, res) => underWay.answer(req, res, () => answer(req, res)),
    close: async () => {
      await underWay.drain();
      await upstream.close();
    },
  };
}
