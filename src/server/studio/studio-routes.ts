import { authenticationStatus } from '../auth/authentication-status.ts';
import { isAllowed } from '../auth/authorize.ts';
import { route, type Exchange, type Route } from '../http/exchange.ts';
import { empty, type Reply } from '../http/reply.ts';
import { appFile, appPage, missingFile, page } from './app-files.ts';
import { errorPage } from './error-page.ts';

const home = '/studio/index.html';

/** `GET /`: to the console, for anyone. */
function root(): Reply {
  return empty(302, { typed: true, headers: { location: home } });
}

function waitsForSecondFactor({ connection }: Exchange): boolean {
  return connection.status === authenticationStatus.twoFactorNotProvided;
}

/** The console's page; before the second factor its two-factor page is shown instead. */
function studioPage(exchange: Exchange): Reply {
  if (waitsForSecondFactor(exchange)) return empty(301, { typed: true, headers: { location: '/2fa/index.html' } });
  return appPage(exchange.node, '/studio/');
}

/** Asks the connection what it is, which routes for anyone don't do by themselves. */
function settled(exchange: Exchange): Exchange {
  exchange.node.authenticator.settle(exchange.connection);
  return exchange;
}

function twoFactorPage(exchange: Exchange): Reply {
  if (!waitsForSecondFactor(settled(exchange))) return empty(301, { typed: true, headers: { location: home } });
  return appPage(exchange.node, '/2fa/');
}

/** The page that refused browsers are sent to; whoever is let in goes home. */
function authError(exchange: Exchange): Reply {
  if (isAllowed(settled(exchange).connection, 'ValidUser')) return root();
  return page(errorPage(exchange.query.integer('ae') ?? 0));
}

function staticFile(exchange: Exchange): Reply {
  const name = exchange.path.replace(/^\/(?:studio|2fa)\//, '');
  return appFile(exchange.node, name) ?? missingFile(name);
}

export const studioRoutes: readonly Route[] = [
  route('GET', '/', 'UnauthenticatedClients', root),
  route('GET', home, 'StudioPage', studioPage),
  route('GET', '/2fa/index.html', 'UnauthenticatedClients', twoFactorPage),
  route('GET', '/auth-error.html', 'UnauthenticatedClients', authError),
];

/** Everything below these paths. */
export const studioFiles: readonly Route[] = [
  route('GET', '/studio/', 'UnauthenticatedClients', staticFile),
  route('GET', '/2fa/', 'UnauthenticatedClients', staticFile),
];
