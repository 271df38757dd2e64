import { X509Certificate } from 'node:crypto';
import type { CertificateTable, Entry } from '../certificates/certificate-table.ts';
import { clearance, isAdminClearance, usage, type Definition } from '../certificates/definition.ts';
import type { Hardenings } from '../hardenings.ts';
import type { History } from '../history/history.ts';
import type { Settings } from '../settings/settings.ts';
import type { Store } from '../store/store.ts';
import type { TwoFactorSessions } from '../two-factor/sessions.ts';
import { authenticationStatus as is } from './authentication-status.ts';
import { sharesIssuer, trustedEnd } from './chain.ts';
import { Connection, databasesOf, plainGrant, type Grant } from './connection.ts';
import { pinnedHash, type PeerCertificate } from './peer-certificate.ts';
import { hostMatches } from './host-names.ts';
import { ssoGrant } from './sso-login.ts';

export interface AuthenticatorOptions {
  readonly certificates: CertificateTable;
  readonly store: Store;
  readonly history: History;
  readonly sessions: TwoFactorSessions;
  readonly settings: Settings;
  readonly hardenings: Hardenings;
  /** The thumbprint of the certificate that the server shows now. */
  readonly serverThumbprint: () => string;
  /** Authorities that this node itself works with. */
  readonly ownIssuers: () => readonly X509Certificate[];
  /** The host of the node's public URL. */
  readonly host: () => string;
  /** Does the licence let single sign-on in? */
  readonly sso: boolean;
  readonly log: (line: string) => void;
}

/** How many certificates with the same key are kept: the ones that expire last. */
const keptOfOneKey = 5;

/** Works out what a connection may do, in RavenDB's order (server certificate, dates, well-known, registered, same key, single sign-on). */
export class Authenticator {
  readonly #options: AuthenticatorOptions;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
  }

  /** The connection that a handshake with this certificate opens. */
  open(shown: PeerCertificate | undefined, remoteAddress: string): Connection {
    const { certificates, sessions, hardenings } = this.#options;
    const peer = shown && { ...shown, pinningHash: pinnedHash(hardenings, shown) };
    const { version } = certificates;
    const grant = this.#grant(peer);
    const locked =
      peer !== undefined && grant.twoFactorKey !== undefined && sessions.running(peer.thumbprint) === undefined;
    return new Connection({ peer, remoteAddress, grant, version, locked });
  }

  /**
   * What a connection that was unknown when it opened is by now. It stays what it was: every request asks anew, and so sees its certificate
   * registered, lowered, disabled and deleted at once.
   */
  asOfNow(connection: Connection): Connection {
    const { peer, remoteAddress, status, version } = connection;
    const changed = version !== this.#options.certificates.version;
    if (status !== is.unfamiliarCertificate || !changed) return connection;
    const now = this.open(peer, remoteAddress);
    this.takeOver(now);
    return now;
  }

  /** Gives the connection the rights that its certificate has now. */
  renew(connection: Connection): void {
    connection.grant = this.#grant(connection.peer);
  }

  /**
   * The two-factor gate of one request. The connection is locked when its session is gone, or the request doesn't bring the session's
   * cookie; it then stays locked until a new login on it.
   */
  gate(connection: Connection, cookie: () => boolean | undefined): void {
    if (connection.locked || connection.peer === undefined || connection.grant.twoFactorKey === undefined) return;
    const { sessions, hardenings } = this.#options;
    const session = hardenings.has('sessionsEnd')
      ? sessions.running(connection.peer.thumbprint)
      : sessions.any(connection.peer.thumbprint);
    if (session === undefined || (session.cookie !== undefined && cookie() !== true)) connection.locked = true;
  }

  #grant(peer: PeerCertificate | undefined): Grant {
    const { certificates, settings, serverThumbprint, sso } = this.#options;
    if (peer === undefined) return plainGrant(is.noCertificateProvided);
    if (peer.thumbprint === serverThumbprint()) return plainGrant(is.clusterAdmin);
    const now = Date.now();
    if (peer.notAfter < now) return plainGrant(is.expired);
    if (peer.notBefore > now) return plainGrant(is.notYetValid);
    if (settings.isWellKnownAdmin(peer.thumbprint)) return plainGrant(is.clusterAdmin);
    const end = trustedEnd(peer.x509, settings.wellKnownIssuers, peer.sent, now);
    if (end !== undefined) {
      const named = !settings.validateWellKnownNames || hostMatches(peer.x509, this.#options.host());
      return plainGrant(named ? is.clusterAdmin : is.unfamiliarCertificate);
    }
    const entry = certificates.get(peer.thumbprint);
    if (entry !== undefined) return grantOf(entry);
    const byKey = this.#grantByKey(peer);
    if (byKey.status !== is.unfamiliarCertificate || !sso) return byKey;
    return ssoGrant(peer, certificates, now) ?? byKey;
  }

  /** RavenDB's implicit renewal: a certificate with the key of a registered one is let in as that one, and will be registered too. */
  #grantByKey(peer: PeerCertificate): Grant {
    const { certificates, hardenings, ownIssuers, settings } = this.#options;
    const all = certificates.withPinningHash(peer.pinningHash);
    const known = all.filter((entry) => !entry.definition.disabled && entry.definition.usage !== usage.ssoClient);
    if (known.length === 0) return plainGrant(is.unfamiliarCertificate);
    if (known.length < all.length && hardenings.has('sameKeyStaysDisabled'))
      return plainGrant(is.unfamiliarCertificate);
    const issuers = [...ownIssuers(), ...settings.wellKnownIssuers];
    const model = known.find((entry) => {
      const der = certificates.der(entry.definition.thumbprint);
      return der !== undefined && sharesIssuer(peer.x509, new X509Certificate(der), peer.sent, issuers);
    });
    if (model === undefined) return plainGrant(is.unfamiliarIssuer);
    const keyed = hardenings.has('sameKeyKeepsSecondFactor')
      ? all.find((entry) => entry.definition.twoFactorKey !== undefined)
      : undefined;
    const twoFactorKey = keyed?.definition.twoFactorKey;
    const { name, permissions, clearance: level, usage: used } = model.definition;
    const definition: Definition = {
      name,
      thumbprint: peer.thumbprint,
      clearance: level,
      permissions,
      notAfter: peer.notAfter,
      notBefore: peer.notBefore,
      secondaries: [],
      primary: '',
      pinningHash: peer.pinningHash,
      disabled: false,
      usage: used,
      ssoServerHashes: [],
      allowAnySsoServer: false,
      ssoIdentifiers: [],
      ...(twoFactorKey === undefined ? {} : { twoFactorKey }),
    };
    return { ...grantOf(model), twoFactorKey, newcomer: definition };
  }

  /** Registers a certificate that was let in by its key beside the others with that key, of which only those that expire last stay. */
  takeOver(connection: Connection): void {
    const { grant, peer } = connection;
    const definition = grant.newcomer;
    if (definition === undefined || peer === undefined) return;
    connection.grant = { ...grant, newcomer: undefined };
    const { certificates, store, history, log } = this.#options;
    store
      .write((transaction) => {
        if (certificates.get(definition.thumbprint) !== undefined) return;
        const others = certificates.withPinningHash(definition.pinningHash);
        const kept = [...others.map((e) => e.definition), definition]
          .sort((a, b) => (b.notAfter ?? 0) - (a.notAfter ?? 0))
          .slice(0, keptOfOneKey);
        for (const { definition: other } of others)
          if (!kept.includes(other)) certificates.remove(transaction, other.thumbprint);
        if (!kept.includes(definition)) return;
        certificates.put(transaction, definition, peer.der);
        const { thumbprint, name } = definition;
        const changes = ['Let in by the key of a registered certificate'];
        history.append(transaction, { action: 'TakeOver', thumbprint, name, by: thumbprint, byName: name, changes });
      })
      .catch(() => log(`The certificate ${definition.thumbprint} was let in by its key but could not be registered.`));
  }
}

/** What a registered certificate may do. The second factor comes first: without it nobody learns that the certificate is disabled. */
function grantOf(entry: Entry): Grant {
  const { clearance: level, disabled, name, twoFactorKey } = entry.definition;
  const rights = isAdminClearance(level) ? is.clusterAdmin : level === clearance.operator ? is.operator : is.allowed;
  const status = disabled ? is.unfamiliarCertificate : rights;
  const databases = status === is.allowed ? databasesOf(entry) : new Map<string, number>();
  return { status, name, databases, twoFactorKey, registered: true };
}
