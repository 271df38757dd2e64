import { authenticationStatus } from '../auth/authentication-status.ts';
import { isAllowed } from '../auth/authorize.ts';
import { route, type Exchange, type Route } from '../http/exchange.ts';
import { empty, type Reply } from '../http/reply.ts';
import { appFile, appPage, missingFile, page } from './app-files.ts';
import { errorPage } from './error-page.ts';
import { studioFile } from './raven-studio.ts';

const home = '/studio/index.html';
/** The console's own start; RavenDB knows no such path. */
const start = '/studio/';

const redirect = (location: string): Reply => empty(302, { typed: true, headers: { location } });

/** `GET /`: to the console, for anyone. */
function root(): Reply {
  return redirect(home);
}

function waitsForSecondFactor({ connection }: Exchange): boolean {
  return connection.status === authenticationStatus.twoFactorNotProvided;
}

/** The console's page; before the second factor its two-factor page is shown instead. */
function studioPage(exchange: Exchange): Reply {
  if (waitsForSecondFactor(exchange)) return empty(301, { typed: true, headers: { location: '/2fa/index.html' } });
  const { asRavenDb, ravenStudio } = exchange.node;
  const page = ravenStudio && studioFile(ravenStudio, 'index.html');
  return page ?? (asRavenDb ? appPage(exchange.node, start) : redirect(start));
}

/** The page behind every address of the console's own; it leads to the second factor by itself. */
function consolePage(exchange: Exchange): Reply {
  if (exchange.node.ravenStudio !== undefined) return redirect(home);
  return appPage(exchange.node, start);
}

function twoFactorPage(exchange: Exchange): Reply {
  if (!waitsForSecondFactor(exchange)) return empty(301, { typed: true, headers: { location: home } });
  const { asRavenDb, ravenStudio } = exchange.node;
  return asRavenDb || ravenStudio !== undefined ? appPage(exchange.node, '/2fa/') : redirect('/studio/two-factor');
}

/** The page that refused browsers are sent to; whoever is let in goes home. */
function authError(exchange: Exchange): Reply {
  if (isAllowed(exchange.connection, 'ValidUser')) return root();
  return page(errorPage(Number(exchange.query.string('ae') ?? 0)));
}

function staticFile(exchange: Exchange): Reply {
  const name = exchange.path.replace(/^\/(?:studio|2fa)\//, '');
  const { ravenStudio } = exchange.node;
  if (ravenStudio !== undefined && exchange.path.startsWith(start))
    return studioFile(ravenStudio, name) ?? missingFile(name);
  const file = appFile(exchange.node, name);
  if (file !== undefined) return file;
  const { asRavenDb, studio } = exchange.node;
  // An address of a view, such as that of a certificate: reloaded, or opened from a bookmark.
  if (asRavenDb || studio === undefined || /\.\w+$/.test(name) || !exchange.path.startsWith(start))
    return missingFile(name);
  return isAllowed(exchange.connection, 'StudioPage') ? consolePage(exchange) : redirect(start);
}

export const studioRoutes: readonly Route[] = [
  route('GET', '/', 'UnauthenticatedClients', root),
  route('GET', home, 'StudioPage', studioPage),
  route('GET', '/2fa/index.html', 'UnauthenticatedClients', twoFactorPage),
  route('GET', '/auth-error.html', 'UnauthenticatedClients', authError),
];

/** What RavenDB doesn't have. */
export const ownStudioRoutes: readonly Route[] = [
  route('GET', '/studio', 'UnauthenticatedClients', () => redirect(start)),
  route('GET', start, 'StudioPage', consolePage),
];

/** Everything below these paths. */
export const studioFiles: readonly Route[] = [
  route('GET', '/studio/', 'UnauthenticatedClients', staticFile),
  route('GET', '/2fa/', 'UnauthenticatedClients', staticFile),
];
