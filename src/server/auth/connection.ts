import type { Entry } from '../certificates/certificate-table.ts';
import { authenticationStatus, type AuthenticationStatus } from './authentication-status.ts';
import type { PeerCertificate } from './peer-certificate.ts';
import { Turns } from '../http/turns.ts';
import { limits } from '../limits.ts';

/** What a connection was let in with: a copy, since an open connection keeps its rights whatever happens to the entry. */
export interface Grant {
  readonly status: AuthenticationStatus;
  readonly name: string;
  /** Access levels by lower-case database name; only a connection that is no more than 'allowed' needs them. */
  readonly databases: ReadonlyMap<string, number>;
  /** The entry's authentication key at that time. */
  readonly twoFactorKey: string | undefined;
}

/**
 * One TLS connection. Who it is was settled by the handshake; what it may do is worked out at its first request that
 * needs to know, and stays, except for one that was unknown then: it follows every change of the certificates.
 */
export class Connection {
  /** The reads that run on it. */
  readonly reads = new Turns(limits.readsPerConnection);
  readonly peer: PeerCertificate | undefined;
  readonly remoteAddress: string;
  grant: Grant | undefined;
  /** Unknown when its rights were first worked out. */
  openedUnfamiliar = false;
  /** The version of the certificates at which the grant was worked out. */
  version = -1;
  /** The second factor is needed and wasn't given, or its session is over, or a request came without its cookie. */
  locked = false;

  constructor(peer: PeerCertificate | undefined, remoteAddress: string) {
    this.peer = peer;
    this.remoteAddress = remoteAddress;
  }

  get status(): AuthenticationStatus {
    if (this.locked) return authenticationStatus.twoFactorNotProvided;
    return this.grant?.status ?? authenticationStatus.none;
  }
}

/** The grant of a connection that isn't let in, or of the server and well-known certificates. */
export function plainGrant(status: AuthenticationStatus, name = ''): Grant {
  return { status, name, databases: new Map(), twoFactorKey: undefined };
}

/** Access levels by lower-case database name. */
export function databasesOf(entry: Entry): ReadonlyMap<string, number> {
  return new Map(entry.definition.permissions.map(([database, level]) => [database.toLowerCase(), level]));
}
