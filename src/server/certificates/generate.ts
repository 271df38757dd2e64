import { zipIdentity } from '../../pki/identity-zip.ts';
import { thumbprintOf, peerCertificate } from '../auth/peer-certificate.ts';
import { leavePassive } from '../cluster.ts';
import type { Exchange } from '../http/exchange.ts';
import { readForm } from '../http/read-form.ts';
import { readJsonObject } from '../http/json-reader.ts';
import { invalidOperationError } from '../http/raven-exception.ts';
import { attachment, type Reply } from '../http/reply.ts';
import { limits } from '../limits.ts';
import { byCaller, callerClearance, isClusterAdmin } from './caller.ts';
import { readCertificateBody, today, validateBody, type CertificateBody } from './certificate-body.ts';
import { describeChanges } from './describe-changes.ts';
import {
  blankDefinition,
  clearance,
  clearanceNames,
  isAdminClearance,
  nameOf,
  usage,
  type Definition,
} from './definition.ts';

const day = 86_400_000;

/**
 * `POST /admin/certificates`: makes a client certificate; its private key leaves in the ZIP and is kept nowhere. Who names an `operationId`
 * hears by the notification center how it ended.
 */
export async function generateCertificate(exchange: Exchange): Promise<Reply> {
  const { node, query } = exchange;
  await leavePassive(node);
  const operation = query.integer('operationId', 64);
  const bytes = await exchange.body();
  const text = readForm(exchange.header('content-type'), bytes)?.get('Options') ?? bytes;
  const body = readCertificateBody(readJsonObject(text, node.hardenings.has('escapedCharactersStayWhole')));
  const kind = {
    taskType: 'CertificateGeneration',
    title: 'Certificate generation',
    message: `Generate certificate: ${body.name ?? ''}`,
  } as const;
  return await node.operations.run(operation, kind, 'Client certificate was generated.', () =>
    generate(exchange, body),
  );
}

async function generate(exchange: Exchange, body: CertificateBody): Promise<Reply> {
  const { node } = exchange;
  const refuse = (level: string) =>
    invalidOperationError(
      `Cannot generate the client certificate '${body.name ?? ''}' with '${level}' security clearance because the current client certificate being used has a lower clearance: ${callerClearance(exchange)}`,
    );
  if (body.usage === usage.ssoServer)
    throw invalidOperationError('A certificate of a single sign-on server cannot be generated: upload it.');
  if (!isClusterAdmin(exchange)) {
    if (body.clearance === clearance.clusterAdmin) throw refuse('Cluster Admin');
    if (isAdminClearance(body.clearance) && node.hardenings.has('operatorCannotMakeNodes'))
      throw refuse(nameOf(clearanceNames, body.clearance));
  }
  const name = validateBody(body, node.licence);
  const { current } = node.identity;
  const issued = await node.crypto.generateClientCertificate({
    name,
    notBefore: today() - 7 * day,
    notAfter: body.notAfter ?? inFiveYears(),
    issuerDer: current.der,
    issuerKey: current.privateKeyPkcs8,
  });
  const zip = await zipOf(exchange, name, issued, body.password);
  const definition = generatedDefinition(name, body, Buffer.from(issued.der));
  await node.store.write((transaction) => {
    node.cluster.next(transaction);
    node.certificates.put(transaction, definition, issued.der);
    node.history.append(transaction, {
      action: 'Generate',
      thumbprint: definition.thumbprint,
      name,
      ...byCaller(exchange),
      changes: describeChanges(undefined, definition),
    });
  });
  return attachment(zip, `${headerName(name)}.zip`);
}

function inFiveYears(): number {
  const date = new Date(today());
  date.setUTCFullYear(date.getUTCFullYear() + 5);
  return date.getTime();
}

function generatedDefinition(name: string, body: CertificateBody, der: Buffer): Definition {
  const { notAfter, notBefore, pinningHash } = peerCertificate(der);
  return {
    ...blankDefinition,
    name,
    thumbprint: thumbprintOf(der),
    clearance: body.clearance,
    permissions: body.permissions,
    notAfter,
    notBefore,
    pinningHash,
    ...(body.twoFactorKey ? { twoFactorKey: body.twoFactorKey } : {}),
  };
}

/** RFC 3986 escaping of everything but its unreserved characters, as .NET does; lone surrogates become U+FFFD. */
function escapeName(name: string): string {
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The escaped name as far as a header takes it, in whole characters: the key must arrive. */
function headerName(name: string): string {
  const escaped = escapeName(name);
  // No UTF-16 unit takes more than nine characters.
  return escaped.length <= limits.fileNameBytes ? escaped : escapeName(name.slice(0, limits.fileNameBytes / 9));
}

/** A name that unpacking can't be led out of its folder by: no separators, no control characters, not only dots. */
export function safeEntryName(name: string): string {
  const flat = name
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, '_')
    .replace(/^[. ]+|(?<![. ])[. ]+$/g, '_');
  return flat.slice(0, 100) || '_';
}

async function zipOf(
  { node }: Exchange,
  name: string,
  { der, privateKeyPkcs8 }: { der: Uint8Array; privateKeyPkcs8: Uint8Array },
  passphrase: string | undefined,
): Promise<Uint8Array> {
  const pfx = await node.crypto.writePfx({
    certificates: [der],
    privateKeyPkcs8,
    passphrase,
    encryption: 'compatible',
  });
  const base = node.hardenings.has('safeZipNames') ? safeEntryName(name) : name;
  return zipIdentity(base, { der, privateKeyPkcs8 }, pfx);
}
