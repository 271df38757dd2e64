import { array, date, object, oneOf, string, stringOr, strings } from './json.ts';
import {
  type Certificate,
  type CertificateList,
  certificateUsages,
  databaseAccessLevels,
  type DatabasePermission,
  securityClearances,
  type SsoIdentifier,
  type WhoAmI,
} from './types.ts';

const byDatabase = (a: DatabasePermission, b: DatabasePermission): number =>
  a.database < b.database ? -1 : a.database > b.database ? 1 : 0;

function permissions(value: unknown): DatabasePermission[] {
  if (typeof value !== 'object' || value === null) return [];
  const list = Object.entries(value).map(([database, access]) => ({
    database,
    access: oneOf(databaseAccessLevels, access, 'Unknown' as const),
  }));
  return list.length > 1 ? list.sort(byDatabase) : list;
}

const ssoIdentifier = (value: unknown): SsoIdentifier => {
  const wire = object(value);
  return {
    provider: stringOr(wire.Provider, ''),
    domain: stringOr(wire.Domain, null),
    identifier: stringOr(wire.Identifier, ''),
  };
};

/** One `CertificateMetadata` or `CertificateDefinition` (contract §3.5); fields that older versions lack get their empty value. */
export function parseCertificate(value: unknown): Certificate {
  const wire = object(value);
  const notAfter = date(wire.NotAfter);
  const usage = oneOf(certificateUsages, wire.Usage, null);
  return {
    name: stringOr(wire.Name, ''),
    thumbprint: string(wire.Thumbprint),
    clearance: oneOf(securityClearances, wire.SecurityClearance, 'Unknown' as const),
    permissions: permissions(wire.Permissions),
    notBefore: date(wire.NotBefore),
    notAfter,
    unreadable: notAfter === null && usage !== 'SsoClient',
    secondaryThumbprints: strings(wire.CollectionSecondaryKeys),
    primaryThumbprint: stringOr(wire.CollectionPrimaryKey, '') || null,
    pinningHash: stringOr(wire.PublicKeyPinningHash, ''),
    disabled: typeof wire.Disabled === 'boolean' ? wire.Disabled : null,
    usage,
    ssoIdentifiers: array(wire.SsoIdentifiers).map(ssoIdentifier),
    ssoServerPinningHashes: strings(wire.SsoServerPublicKeyPinningHashes),
    allowAnySsoServer: wire.AllowAnySsoServer === true,
    hasTwoFactor: typeof wire.HasTwoFactor === 'boolean' ? wire.HasTwoFactor : null,
    certificateDer: stringOr(wire.Certificate, null),
  };
}

export function parseCertificateList(value: unknown): CertificateList {
  const wire = object(value);
  return {
    certificates: array(wire.Results).map(parseCertificate),
    loadedServerThumbprint: stringOr(wire.LoadedServerCert, null),
    loadedServerThumbprintForCommunication: stringOr(wire.LoadedServerCertForCommunication, null),
    wellKnownAdmins: strings(wire.WellKnownAdminCerts),
    wellKnownIssuers: strings(wire.WellKnownIssuers),
  };
}

/** The answer of `/certificates/whoami`; an empty one (204) means that the server doesn't know the certificate. */
export const parseWhoAmI = (value: unknown): WhoAmI | null =>
  value === undefined
    ? null
    : // Well-known certificates are told of without their dates.
      {
        ...parseCertificate(value),
        unreadable: false,
        twoFactorSessionEnd: date(object(value).TwoFactorExpirationDate),
      };

/** RavenDB's `Permissions` object. Pairs become own properties whatever their name is. */
export const permissionsToWire = (list: readonly DatabasePermission[]): Record<string, string> =>
  Object.fromEntries(list.map(({ database, access }) => [database, access]));
