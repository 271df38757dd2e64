import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { rootCertificates } from './root-certificates.ts';

/** The client certificate by which RavenDB knows us, as Node's TLS takes it: a PKCS#12 file, or certificate and key as PEM. */
export type ClientIdentity =
  | { readonly pfx: Uint8Array; readonly passphrase?: string }
  | { readonly cert: string; readonly key: string; readonly passphrase?: string };

/** What makes a server's certificate good: a root of the system, one of `ca` (PEM) or a confirmed fingerprint (SHA-256, hex). */
export interface ServerTrust {
  readonly ca?: string;
  readonly fingerprints?: readonly string[];
}

/** The server showed a certificate that nothing vouches for. */
export class ServerNotTrustedError extends Error {
  override readonly name = 'ServerNotTrustedError';
}

/** How long a connection may take to be made, in milliseconds. */
const connectTimeout = 10_000;

const bare = (fingerprint: string): string => fingerprint.replaceAll(':', '').toUpperCase();

/**
 * Reads the identity once; making it anew for each connection would derive the keys of the PKCS#12 file each time.
 * @throws when the file isn't one or the passphrase is wrong
 */
export function secureContextOf(identity: ClientIdentity, { ca }: ServerTrust): SecureContext {
  const passphrase = identity.passphrase === undefined ? {} : { passphrase: identity.passphrase };
  const own = 'pfx' in identity ? { pfx: Buffer.from(identity.pfx) } : { cert: identity.cert, key: identity.key };
  return createSecureContext({
    minVersion: 'TLSv1.2',
    // First: of two self-signed certificates of one name (CN=localhost, say) newer OpenSSL looks at the first only.
    ca: ca === undefined ? rootCertificates() : [ca, ...rootCertificates()],
    ...own,
    ...passphrase,
  });
}

/** OpenSSL's reasons as parts of a sentence. */
const reasons: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority isn’t known here',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority isn’t known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority isn’t known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority isn’t known here',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it isn’t valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
};

/** Why nothing vouches for the server at the other end; nothing when something does. */
function mistrust(socket: TLSSocket, fingerprints: ReadonlySet<string>): string | undefined {
  if (socket.authorized) return undefined;
  if (fingerprints.has(bare(socket.getPeerCertificate().fingerprint256))) return undefined;
  // OpenSSL's reasons come as their names, whatever the type says; a wrong name comes as an error.
  const problem: unknown = socket.authorizationError;
  const code = problem instanceof Error ? String((problem as { code?: unknown }).code) : String(problem);
  return reasons[code] ?? code;
}

/** What a look at the server's certificate shows. */
export interface ServerCertificateLook {
  readonly trusted: boolean;
  /** Why not, as part of a sentence. */
  readonly reason: string;
  /** SHA-256, hex, in pairs with colons. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** As the TLS library prints it, GMT. */
  readonly validTo: string;
}

const nameOf = (name: object): string =>
  Object.entries(name)
    .map(([type, value]) => `${type}=${String(value)}`)
    .join(', ');

/**
 * Opens one connection to see the server's certificate, without sending a request.
 * @throws when the server can't be reached
 */
export function lookAtServer(
  serverUrl: string,
  context: SecureContext,
  trust: ServerTrust,
): Promise<ServerCertificateLook> {
  const url = new URL(serverUrl);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
      secureContext: context,
      rejectUnauthorized: false,
      timeout: connectTimeout,
    });
    socket.once('secureConnect', () => {
      const peer = socket.getPeerCertificate();
      const reason = mistrust(socket, new Set((trust.fingerprints ?? []).map(bare)));
      socket.destroy();
      resolve({
        trusted: reason === undefined,
        reason: reason ?? '',
        fingerprint: peer.fingerprint256,
        subject: nameOf(peer.subject),
        issuer: nameOf(peer.issuer),
        validTo: peer.valid_to,
      });
    });
    socket.once('timeout', () => socket.destroy(new Error('no answer within 10 seconds')));
    socket.once('error', reject);
  });
}

export interface TrustingConnector {
  readonly connect: buildConnector.connector;
  /** SHA-1 of our own certificate, 40 upper-case hex digits; unknown before the first connection. */
  readonly ownThumbprint: () => string | undefined;
  /** Adds a fingerprint (SHA-256, hex) to those that make a server's certificate good. */
  readonly trustAlso: (fingerprint: string) => void;
}

/**
 * Makes connections of which none is used before the server's certificate has been judged. Sessions are never resumed: RavenDB settles
 * who we are when a connection is made, and a resumed one would bring back what it thought before.
 */
export function trustingConnector(context: SecureContext, trust: ServerTrust): TrustingConnector {
  const fingerprints = new Set((trust.fingerprints ?? []).map(bare));
  const dial = buildConnector({
    secureContext: context,
    rejectUnauthorized: false,
    maxCachedSessions: 0,
    timeout: connectTimeout,
  });
  let thumbprint: string | undefined;
  return {
    ownThumbprint: () => thumbprint,
    trustAlso: (fingerprint) => fingerprints.add(bare(fingerprint)),
    connect: (options, callback) =>
      dial(options, (...[error, socket]) => {
        if (error !== null) {
          callback(error, null);
          return;
        }
        const secure = socket as TLSSocket;
        const reason = mistrust(secure, fingerprints);
        if (reason !== undefined) {
          secure.destroy();
          callback(new ServerNotTrustedError(reason), null);
          return;
        }
        const own = secure.getCertificate();
        if (own !== null && 'fingerprint' in own && typeof own.fingerprint === 'string')
          thumbprint = bare(own.fingerprint);
        callback(null, secure);
      }),
  };
}
