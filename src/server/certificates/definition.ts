/** Security clearances in the order of their numbers; a stored one may be a number beyond them (measured on RavenDB 7.2.7). */
export const clearanceNames = [
  'UnauthenticatedClients',
  'ClusterAdmin',
  'ClusterNode',
  'Operator',
  'ValidUser',
] as const;
export const clearance = { unauthenticated: 0, clusterAdmin: 1, clusterNode: 2, operator: 3, validUser: 4 } as const;

/** Access levels of a database in the order of their numbers. */
export const accessNames = ['ReadWrite', 'Admin', 'Read'] as const;
export const access = { readWrite: 0, admin: 1, read: 2 } as const;

export const usageNames = [
  'RavenServer',
  'RavenServerForCommunication',
  'Client',
  'SsoServer',
  'SsoClient',
  'WellKnownIssuer',
] as const;
export const usage = {
  ravenServer: 0,
  ravenServerForCommunication: 1,
  client: 2,
  ssoServer: 3,
  ssoClient: 4,
  wellKnownIssuer: 5,
} as const;

export const ssoProviderNames = ['Github', 'Google', 'Microsoft', 'Windows'] as const;
export interface SsoIdentifier {
  readonly provider: number;
  readonly domain: string | null;
  readonly identifier: string;
}

/** What is known of a registered certificate, without its bytes. Dates are ms UTC. */
export interface Definition {
  readonly name: string;
  /** 40 upper-case hexadecimal digits; of a single sign-on user 32 lower-case ones. */
  readonly thumbprint: string;
  readonly clearance: number;
  /** Database and level, in the order given; pairs, since names like `__proto__` or `10` are no good keys of an object. */
  readonly permissions: readonly (readonly [database: string, level: number])[];
  readonly notAfter: number | null;
  readonly notBefore: number | null;
  readonly secondaries: readonly string[];
  readonly primary: string;
  readonly pinningHash: string;
  readonly disabled: boolean;
  readonly usage: number | null;
  readonly ssoServerHashes: readonly string[];
  readonly allowAnySsoServer: boolean;
  readonly ssoIdentifiers: readonly SsoIdentifier[];
  /** Base32 secret; never answered to anybody by default. */
  readonly twoFactorKey?: string;
}

/** The name of an enumeration's number, or the number itself when it has none. */
export function nameOf(names: readonly string[], number: number): string {
  return names[number] ?? String(number);
}

/** RavenDB's form of `NotAfter` and `NotBefore`: seven fractional digits, no zone; the server's local time, here UTC. */
export function zonelessDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}0000`;
}

/** A date with the zone `Z`, as everywhere but in a certificate's two dates. */
export function zonedDate(ms: number): string {
  return `${zonelessDate(ms)}Z`;
}

/** The fields of a certificate in RavenDB's order, as JSON text without the closing brace, so that others can follow. */
export function openJson(definition: Definition): string {
  const fields: string[] = [];
  const add = (name: string, value: unknown) => fields.push(`"${name}":${JSON.stringify(value)}`);
  add('Name', definition.name);
  add('Thumbprint', definition.thumbprint);
  add('SecurityClearance', nameOf(clearanceNames, definition.clearance));
  const permissions = definition.permissions.map(
    ([database, level]) => `${JSON.stringify(database)}:${JSON.stringify(nameOf(accessNames, level))}`,
  );
  fields.push(`"Permissions":{${permissions.join(',')}}`);
  add('NotAfter', definition.notAfter === null ? null : zonelessDate(definition.notAfter));
  add('NotBefore', definition.notBefore === null ? null : zonelessDate(definition.notBefore));
  add('CollectionSecondaryKeys', definition.secondaries);
  add('CollectionPrimaryKey', definition.primary);
  add('PublicKeyPinningHash', definition.pinningHash);
  add('Disabled', definition.disabled);
  add('Usage', definition.usage === null ? null : nameOf(usageNames, definition.usage));
  add('SsoServerPublicKeyPinningHashes', definition.ssoServerHashes);
  add('AllowAnySsoServer', definition.allowAnySsoServer);
  add(
    'SsoIdentifiers',
    definition.ssoIdentifiers.map((i) => ({
      Provider: nameOf(ssoProviderNames, i.provider),
      Domain: i.domain,
      Identifier: i.identifier,
    })),
  );
  return `{${fields.join(',')}`;
}

/** May the clearance do everything (ClusterAdmin or ClusterNode)? */
export function isAdminClearance(value: number): boolean {
  return value === clearance.clusterAdmin || value === clearance.clusterNode;
}

/** A certificate before anything but its own facts is set. */
export const blankDefinition = {
  permissions: [],
  secondaries: [],
  primary: '',
  disabled: false,
  usage: usage.client,
  ssoServerHashes: [],
  allowAnySsoServer: false,
  ssoIdentifiers: [],
} as const satisfies Partial<Definition>;
