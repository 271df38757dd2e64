import { X509Certificate } from 'node:crypto';
import type { PortalGatewayOptions } from './portal-gateway.ts';
import { type ClientIdentity, secureContextOf, type ServerTrust } from './server-trust.ts';

interface PortalSettings {
  /** Origins of RavenDB's addresses, at least one. */
  readonly serverUrls: readonly string[];
  readonly publicUrl: URL | undefined;
  /** Without a slash at its end. */
  readonly prefix: string;
  readonly identity: ClientIdentity;
  readonly trust: ServerTrust;
  readonly authorize: PortalGatewayOptions['authorize'];
}

/** Portals are written in JavaScript as well: what the types promise is looked at all the same. */
type Given = Readonly<Record<keyof PortalGatewayOptions, unknown>>;

/** Never says what was given: it may be a secret. */
const wrong = (option: string, problem: string): TypeError => new TypeError(`createGateway: ${option} ${problem}.`);

function textOf(given: Given, option: keyof PortalGatewayOptions): string | undefined {
  const value = given[option];
  if (value === undefined || typeof value === 'string') return value;
  // A file as it was read.
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  throw wrong(option, 'has to be a string');
}

function addressOf(given: Given, option: 'publicUrl', protocols: readonly string[]): URL | undefined {
  const text = textOf(given, option);
  return text === undefined ? undefined : addressIn(option, text, protocols);
}

function addressIn(option: string, text: unknown, protocols: readonly string[]): URL {
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !protocols.includes(url.protocol))
    throw wrong(option, `has to be an address as ${protocols.map((name) => `${name}//host`).join(' or ')}`);
  return url;
}

/** PEM of certificates, each of which can be read. */
function authoritiesOf(given: Given): string | undefined {
  const pem = textOf(given, 'ca');
  if (pem === undefined) return undefined;
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  try {
    for (const block of blocks) new X509Certificate(block);
    if (blocks.length > 0) return pem;
  } catch {
    // Said below.
  }
  throw wrong('ca', 'has to be certificates as PEM, not the name of a file');
}

function fingerprintsOf({ fingerprints }: Given): readonly string[] | undefined {
  if (fingerprints === undefined) return undefined;
  const isFingerprint = (value: unknown): value is string =>
    typeof value === 'string' && /^[\da-f]{64}$/i.test(value.replaceAll(':', ''));
  if (Array.isArray(fingerprints) && fingerprints.every(isFingerprint)) return fingerprints;
  throw wrong('fingerprints', 'has to be a list of SHA-256 fingerprints, 64 hex digits each');
}

function identityOf(given: Given): ClientIdentity {
  const passphrase = textOf(given, 'passphrase');
  const secret = passphrase === undefined ? {} : { passphrase };
  const cert = textOf(given, 'cert');
  const key = textOf(given, 'key');
  const { pfx } = given;
  if (pfx !== undefined) {
    if (!(pfx instanceof Uint8Array)) throw wrong('pfx', 'has to be the file’s bytes, not its name');
    return { pfx, ...secret };
  }
  if (cert !== undefined) return { cert, key: key ?? cert, ...secret };
  throw new TypeError('createGateway needs the certificate that RavenDB knows: pfx, or cert and key.');
}

function prefixOf(given: Given): string {
  const path = (textOf(given, 'path') ?? '').replace(/(?<!\/)\/+$/, '');
  if (path !== '' && !path.startsWith('/')) throw wrong('path', 'has to begin with a slash');
  return path;
}

/** @throws TypeError that names the option */
export function readPortalOptions(options: PortalGatewayOptions): PortalSettings {
  // Whoever calls this from JavaScript may have left anything out.
  const given = ((options as unknown) ?? {}) as Given;
  const urls = [given.url].flat().filter((url) => url !== undefined);
  if (urls.length === 0) throw wrong('url', 'is needed: RavenDB’s address, https://host:port');
  const { authorize } = given;
  if (authorize === undefined)
    throw wrong('authorize', 'is needed: it says whether whoever sends a request may use the certificate');
  if (typeof authorize !== 'function') throw wrong('authorize', 'has to be a function');
  const ca = authoritiesOf(given);
  const fingerprints = fingerprintsOf(given);
  const trust: ServerTrust = {
    ...(ca === undefined ? {} : { ca }),
    ...(fingerprints === undefined ? {} : { fingerprints }),
  };
  const identity = identityOf(given);
  try {
    secureContextOf(identity, trust);
  } catch (error) {
    // OpenSSL's reasons (`mac verify failure`) name what is wrong, never the secret.
    const reason = error instanceof Error ? error.message : 'unknown reason';
    const names = 'pfx' in identity ? 'pfx' : given.key === undefined ? 'cert' : 'cert and key';
    throw wrong(names, `can’t be used with the passphrase given (${reason})`);
  }
  return {
    serverUrls: urls.map((url) => addressIn('url', url, ['https:']).origin),
    publicUrl: addressOf(given, 'publicUrl', ['https:', 'http:']),
    prefix: prefixOf(given),
    identity,
    trust,
    authorize: options.authorize,
  };
}
