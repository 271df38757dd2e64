import { access } from '../certificates/definition.ts';
import { authenticationStatus as is, type RouteLevel } from './authentication-status.ts';
import type { Connection } from './connection.ts';

/** A request that isn't let through. */
export interface Refusal {
  readonly status: 403 | 428;
  readonly message: string;
  /** Where a browser is sent instead. */
  readonly location: string;
}

/** The number of a level in the redirect's `ao`. */
const levelNumber: Record<RouteLevel, number> = {
  ClusterAdmin: 0,
  Operator: 1,
  DatabaseAdmin: 2,
  ValidUser: 3,
  DatabaseRead: 3,
  DatabaseWrite: 3,
  StudioPage: 4,
  UnauthenticatedClients: 3,
};
const levelNames: Partial<Record<RouteLevel, string>> = {
  ClusterAdmin: 'ClusterAdmin',
  Operator: 'Operator/ClusterAdmin',
  DatabaseAdmin: 'DatabaseAdmin',
};

function databaseAllows(level: RouteLevel, given: number | undefined): boolean {
  if (given === undefined) return false;
  if (level === 'DatabaseAdmin') return given === access.admin;
  return level === 'DatabaseRead' || given === access.readWrite || given === access.admin;
}

/** Is it somebody whom the node knows, let in or not? */
export function isKnown(connection: Connection): boolean {
  return connection.grant.registered || isAllowed(connection, 'ValidUser');
}

/** May the connection use a route of that level? `database` is the name as stored, for routes of a database. */
export function isAllowed(connection: Connection, level: RouteLevel, database?: string): boolean {
  if (level === 'UnauthenticatedClients') return true;
  switch (connection.status) {
    case is.clusterAdmin:
      return true;
    case is.operator:
      return level !== 'ClusterAdmin';
    case is.allowed:
      if (level === 'ValidUser' || level === 'StudioPage') return true;
      if (level === 'Operator' || level === 'ClusterAdmin' || database === undefined) return false;
      return databaseAllows(level, connection.grant.databases.get(database.toLowerCase()));
    case is.twoFactorNotProvided:
      return level === 'StudioPage';
    default:
      return false;
  }
}

/** Why the connection isn't let through, in the words and by the rules of RavenDB. */
export function refusal(
  connection: Connection,
  level: RouteLevel,
  database: string | undefined,
  fromClient: boolean,
): Refusal {
  const needed = levelNames[level];
  const suffix = needed === undefined ? '' : ` ${needed} access is required but not given to this certificate.`;
  const { status } = connection;
  return {
    status: status === is.twoFactorNotProvided ? 428 : 403,
    message: explain(connection, database, fromClient) + suffix,
    location: `/auth-error.html?ae=${status}&ao=${levelNumber[level]}&rt=${database === undefined ? 'Server' : 'Database'}`,
  };
}

function explain(connection: Connection, database: string | undefined, fromClient: boolean): string {
  const { peer, status } = connection;
  const name = peer === undefined ? '' : `${peer.subject}(Thumbprint: ${peer.thumbprint})`;
  const hint = fromClient
    ? ''
    : '\nBrowsers remember which certificate was chosen: open a new private window to choose again.';
  const place = database === undefined ? 'the server' : `database '${database}'`;
  switch (status) {
    case is.unfamiliarCertificate:
      return `The supplied client certificate '${name}' is unknown to the server. Ask your administrator to register it.${hint}`;
    case is.unfamiliarIssuer:
      return `The supplied client certificate '${name}' has the key of a registered certificate, but another issuer. Ask your administrator to register it.`;
    case is.allowed:
      return `Could not authorize access to ${place} using provided client certificate '${name}'.`;
    case is.operator:
      return `Insufficient security clearance to access ${place} using provided client certificate '${name}'.`;
    case is.expired:
      return `The supplied client certificate '${name}' has expired on ${day(peer?.notAfter)}. Ask your administrator for a new one.`;
    case is.notYetValid:
      return `The supplied client certificate '${name}' cannot be used before ${day(peer?.notBefore)}.`;
    case is.twoFactorNotProvided:
      return `The supplied client certificate '${name}' requires two factor authorization to be valid. Please POST the relevant TOTP value to /authentication/2fa`;
    default:
      return `This server requires client certificate for authentication, but none was provided by the client.${hint}`;
  }
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });

function day(ms: number | undefined): string {
  return ms === undefined ? '' : dayFormat.format(ms);
}
