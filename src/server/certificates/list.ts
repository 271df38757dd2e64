import { pinnedHash } from '../auth/peer-certificate.ts';
import type { Exchange } from '../http/exchange.ts';
import { jsonPieces, notFound, type Reply } from '../http/reply.ts';
import type { ServerNode } from '../server-node.ts';
import type { Entry } from './certificate-table.ts';
import { blankDefinition, clearance, openJson, usage } from './definition.ts';

export const serverCertificateName = 'Server Certificate';

/** The JSON of the certificate that the server shows, without the closing brace. */
export function serverJson(node: ServerNode): string {
  const { thumbprint, notAfter, notBefore } = node.identity.current;
  return openJson({
    ...blankDefinition,
    name: serverCertificateName,
    thumbprint,
    pinningHash: pinnedHash(node.hardenings, node.identity.current),
    notAfter,
    notBefore,
    clearance: clearance.clusterNode,
    usage: usage.ravenServer,
  });
}

/** The field with the bytes, for a full answer. */
export function certificateField(der: Buffer | undefined): string {
  return `,"Certificate":${der === undefined ? 'null' : `"${der.toString('base64')}"`}`;
}

/** What follows the results in a list. */
function listEnd({ identity, settings }: ServerNode): string {
  return `],${JSON.stringify({
    LoadedServerCert: identity.current.thumbprint,
    WellKnownAdminCerts: settings.wellKnownAdmins,
    WellKnownIssuers: settings.wellKnownIssuers.map((issuer) => issuer.fingerprint.replaceAll(':', '')),
  }).slice(1)}`;
}

/** `GET /admin/certificates`: all, a page, those of one name, or one by thumbprint. */
export function listCertificates(exchange: Exchange): Reply {
  const { query } = exchange;
  const thumbprint = query.string('thumbprint');
  const name = query.string('name');
  const metadataOnly = query.boolean('metadataOnly') ?? false;
  const secondary = query.boolean('secondary') ?? false;
  if (thumbprint !== undefined) return singleCertificate(exchange, thumbprint, metadataOnly);
  const start = query.integer('start') ?? 0;
  const pageSize = query.integer('pageSize') ?? 2147483647;
  const { node } = exchange;
  const { certificates, identity } = node;
  const withTwoFactor = metadataOnly && exchange.header('raven-studio-version') !== undefined;
  const page = start < 0 || pageSize <= 0 ? [] : certificates.slice(start, start + pageSize);
  const options = { name, secondary, withTwoFactor, metadataOnly };
  const whole = start === 0 && pageSize === 2147483647 && name === undefined;
  const key = `${identity.current.thumbprint} ${certificates.version} ${JSON.stringify(options)}`;
  return jsonPieces(listPieces(node, page, options), whole && certificates.size > 100 ? key : undefined);
}

interface ListOptions {
  readonly name: string | undefined;
  readonly secondary: boolean;
  readonly withTwoFactor: boolean;
  readonly metadataOnly: boolean;
}

function* listPieces(node: ServerNode, page: readonly Entry[], options: ListOptions): Generator<string> {
  const { current } = node.identity;
  const server = options.name === undefined || options.name === serverCertificateName;
  yield '{"Results":[';
  let separator = '';
  if (server) {
    yield `${serverJson(node)}${options.metadataOnly ? '' : certificateField(current.der)}}`;
    separator = ',';
  }
  for (const entry of page) {
    const { definition } = entry;
    if (options.name !== undefined && definition.name !== options.name) continue;
    if (definition.primary !== '' && !options.secondary) continue;
    if (server && definition.thumbprint.toUpperCase() === current.thumbprint) continue;
    const last = options.withTwoFactor
      ? definition.twoFactorKey === undefined
        ? ',"HasTwoFactor":false}'
        : ',"HasTwoFactor":true}'
      : options.metadataOnly
        ? '}'
        : `${certificateField(node.certificates.der(definition.thumbprint))}}`;
    yield separator + entry.openJson + last;
    separator = ',';
  }
  yield listEnd(node);
}

function singleCertificate({ node }: Exchange, thumbprint: string, metadataOnly: boolean): Reply {
  const { certificates, hardenings } = node;
  const asked = certificates.get(thumbprint);
  // RavenDB looks for the primary of a set only where it reads the whole entry.
  const primary = metadataOnly ? undefined : asked?.definition.primary;
  const entry = primary ? (certificates.get(primary) ?? asked) : asked;
  if (entry === undefined) return notFound();
  const { twoFactorKey } = entry.definition;
  const shown = twoFactorKey !== undefined && !metadataOnly && !hardenings.has('hideTwoFactorKey');
  const key = shown ? `,"TwoFactorAuthenticationKey":${JSON.stringify(twoFactorKey)}` : '';
  const bytes = metadataOnly ? '' : certificateField(certificates.der(entry.definition.thumbprint));
  return jsonPieces(['{"Results":[', entry.openJson, bytes, key, '}', listEnd(node)]);
}
