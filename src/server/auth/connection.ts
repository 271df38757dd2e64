import type { Entry } from '../certificates/certificate-table.ts';
import type { Definition } from '../certificates/definition.ts';
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
  /** It comes from an entry, be it a disabled one. */
  readonly registered: boolean;
  /** The certificate isn't registered, but its key is: what it will be registered as. */
  readonly newcomer?: Definition | undefined;
}

/**
 * One TLS connection. Who it is and what it may do was settled by the handshake and stays, whatever happens to the certificate's entry;
 * only a login with a second factor changes it. One that was unknown is asked about again at every request that would be refused.
 */
export class Connection {
  /** The reads that run on it. */
  readonly reads = new Turns(limits.readsPerConnection);
  readonly peer: PeerCertificate | undefined;
  readonly remoteAddress: string;
  grant: Grant;
  /** The version of the certificates at which the grant was worked out. */
  readonly version: number;
  /** The second factor is needed and wasn't given, or its session is over, or a request came without its cookie. */
  locked: boolean;

  constructor(opened: Pick<Connection, 'peer' | 'remoteAddress' | 'grant' | 'version' | 'locked'>) {
    this.peer = opened.peer;
    this.remoteAddress = opened.remoteAddress;
    this.grant = opened.grant;
    this.version = opened.version;
    this.locked = opened.locked;
  }

  get status(): AuthenticationStatus {
    return this.locked ? authenticationStatus.twoFactorNotProvided : this.grant.status;
  }
}

/** The grant of a connection that isn't let in, or of the server and well-known certificates. */
export function plainGrant(status: AuthenticationStatus): Grant {
  return { status, name: '', databases: new Map(), twoFactorKey: undefined, registered: false };
}

/** Access levels by lower-case database name. */
export function databasesOf(entry: Entry): ReadonlyMap<string, number> {
  return new Map(entry.definition.permissions.map(([database, level]) => [database.toLowerCase(), level]));
}
