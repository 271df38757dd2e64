import type { JsonObject } from '../http/json-reader.ts';
import {
  arrayOf,
  booleanOf,
  dateOf,
  enumOf,
  objectOf,
  parseEnumText,
  stringOf,
  stringsOf,
  unknownName,
} from '../http/json-values.ts';
import { argumentError, RavenException } from '../http/raven-exception.ts';
import { databaseNameProblem } from '../databases/database-name.ts';
import type { Licence } from '../licence/licence.ts';
import { limits } from '../limits.ts';
import { access, accessNames, clearanceNames, ssoProviderNames, usageNames, type SsoIdentifier } from './definition.ts';

/** The fields of a request that names a certificate: generate, upload, edit, single sign-on user. */
export interface CertificateBody {
  readonly name: string | undefined;
  readonly thumbprint: string | undefined;
  /** Base64 of a file. */
  readonly certificate: string | undefined;
  readonly password: string | undefined;
  readonly clearance: number;
  readonly permissions: readonly (readonly [database: string, level: number])[];
  /** ms UTC */
  readonly notAfter: number | undefined;
  readonly twoFactorKey: string | undefined;
  readonly disabled: boolean | undefined;
  readonly usage: number | undefined;
  readonly ssoIdentifiers: readonly SsoIdentifier[] | undefined;
  readonly ssoServerHashes: readonly string[] | undefined;
  readonly allowAnySsoServer: boolean | undefined;
}

const namespace = 'Raven.Client.ServerWide.Operations.Certificates';

/** Reads the fields; a value that can't become what it should is RavenDB's FormatException or ArgumentException. */
export function readCertificateBody(json: JsonObject): CertificateBody {
  // In RavenDB's order, which decides what a body with several wrong values is refused for.
  const clearance = enumOf(json, 'SecurityClearance', clearanceNames, `${namespace}.SecurityClearance`) ?? 0;
  const notAfter = dateOf(json, 'NotAfter');
  // Read and left alone; a wrong type is refused all the same.
  dateOf(json, 'NotBefore');
  const permissions = readPermissions(json);
  stringsOf(json, 'CollectionSecondaryKeys');
  return {
    name: stringOf(json, 'Name'),
    thumbprint: stringOf(json, 'Thumbprint'),
    certificate: stringOf(json, 'Certificate'),
    password: stringOf(json, 'Password'),
    clearance,
    permissions,
    notAfter,
    twoFactorKey: stringOf(json, 'TwoFactorAuthenticationKey'),
    disabled: booleanOf(json, 'Disabled'),
    usage: enumOf(json, 'Usage', usageNames, `${namespace}.CertificateUsage`),
    ssoServerHashes: stringsOf(json, 'SsoServerPublicKeyPinningHashes'),
    allowAnySsoServer: booleanOf(json, 'AllowAnySsoServer'),
    ssoIdentifiers: readSsoIdentifiers(json),
  };
}

/** Names that differ in case are one: the first spelling with the last level. Levels that aren't text are dropped. */
function readPermissions(json: JsonObject): [string, number][] {
  const levels = new Map<string, [string, number]>();
  for (const [database, value] of objectOf(json, 'Permissions') ?? []) {
    if (value === null)
      throw new RavenException('System.ArgumentNullException', "Value cannot be null. (Parameter 'value')");
    if (typeof value !== 'string') continue;
    if (value.trim() === '')
      throw argumentError("Must specify valid information for parsing in the string. (Parameter 'value')");
    const level = parseEnumText(value, accessNames, true);
    if (level === undefined) throw unknownName(value);
    const known = levels.get(database.toLowerCase());
    levels.set(database.toLowerCase(), [known?.[0] ?? database, level]);
  }
  return [...levels.values()];
}

function readSsoIdentifiers(json: JsonObject): SsoIdentifier[] | undefined {
  return arrayOf(json, 'SsoIdentifiers')?.flatMap((value) => {
    if (value === null) return [];
    if (!(value instanceof Map))
      throw new RavenException('System.InvalidCastException', `Invalid cast to '${namespace}.SsoIdentifier'.`);
    return {
      provider: enumOf(value, 'Provider', ssoProviderNames, `${namespace}.SsoProvider`) ?? 0,
      domain: stringOf(value, 'Domain') ?? null,
      identifier: stringOf(value, 'Identifier') ?? '',
    };
  });
}

/** 00:00 UTC of today, in ms. */
export function today(): number {
  return Math.floor(Date.now() / 86_400_000) * 86_400_000;
}

/**
 * What RavenDB checks on generate, upload and edit alike: a name, an end in the future, names and levels of the permissions, and the licence
 * when all of them only read. Returns the name.
 */
export function validateBody(body: CertificateBody, licence: Licence): string {
  const { name } = body;
  if (name === undefined || name.trim() === '')
    throw argumentError('Name is a required field in the certificate definition');
  if (Buffer.byteLength(name) > limits.nameBytes)
    throw argumentError(`The name of a certificate may hold ${limits.nameBytes.toLocaleString('en')} bytes at most`);
  if (body.notAfter !== undefined && body.notAfter <= today())
    throw argumentError('The certificate expiration date must be in the future.');
  const where = 'Error in permissions in the certificate definition';
  for (const [database, level] of body.permissions) {
    if (database.trim() === '') throw argumentError(`${where}, database name is empty`);
    const problem = databaseNameProblem(database);
    if (problem !== undefined) throw argumentError(`${where}:${problem}`);
    if (accessNames[level] === undefined)
      throw argumentError(`${where}, invalid access ${level} for database ${database}`);
  }
  if (body.permissions.length > 0 && body.permissions.every(([, level]) => level === access.read))
    licence.requireReadOnlyCertificates();
  return name;
}
