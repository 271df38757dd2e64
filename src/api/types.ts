/**
 * What RavenDB's certificates API speaks of, in this project's own spelling. Wire names (`SecurityClearance` …) end in this room.
 * Dates are milliseconds since 1970 in UTC. RavenDB writes `NotAfter` without a zone, in the server's local time; it is read as
 * UTC, which is right for a server that runs in UTC (the DER in `certificateDer` has the true instant).
 */

/** Names of RavenDB's `SecurityClearance`, least specific first. */
export const securityClearances = [
  'UnauthenticatedClients',
  'ValidUser',
  'Operator',
  'ClusterNode',
  'ClusterAdmin',
] as const;
export type SecurityClearance = (typeof securityClearances)[number];

/** Names of RavenDB's `DatabaseAccess`, weakest first. */
export const databaseAccessLevels = ['Read', 'ReadWrite', 'Admin'] as const;
export type DatabaseAccess = (typeof databaseAccessLevels)[number];

export const certificateUsages = [
  'RavenServer',
  'RavenServerForCommunication',
  'Client',
  'SsoServer',
  'SsoClient',
  'WellKnownIssuer',
] as const;
export type CertificateUsage = (typeof certificateUsages)[number];

/** One database and how far it is opened. A pair, not an object's key: `__proto__` is a valid database name. */
export interface DatabasePermission {
  readonly database: string;
  /** `Unknown` for a level this console has no name for: RavenDB takes and lists numbers out of range. */
  readonly access: DatabaseAccess | 'Unknown';
}

export interface SsoIdentifier {
  readonly provider: string;
  /** Only with provider `Windows`. */
  readonly domain: string | null;
  readonly identifier: string;
}

/** One registered certificate (RavenDB: `CertificateMetadata`), or the synthetic entry of the server's own. */
export interface Certificate {
  readonly name: string;
  /** SHA-1 of the DER, 40 upper-case hexadecimal digits; for an SSO user an id of 32 lower-case ones. */
  readonly thumbprint: string;
  /** `Unknown` for a value out of RavenDB's range, which it stores and lists as it came. */
  readonly clearance: SecurityClearance | 'Unknown';
  /** Sorted by name. Stored but without effect for other clearances than `ValidUser`. */
  readonly permissions: readonly DatabasePermission[];
  readonly notBefore: number | null;
  /** Null for SSO users and well-known entries. */
  readonly notAfter: number | null;
  /** A certificate that the list shows without an end, which every certificate has: it can’t be read, and opens nothing. */
  readonly unreadable: boolean;
  /** Thumbprints of the other certificates of a collection; only on its primary. */
  readonly secondaryThumbprints: readonly string[];
  /** The primary of the collection this one belongs to; null when it stands alone or is the primary. */
  readonly primaryThumbprint: string | null;
  /** Base64 of the SHA-256 of the public key. */
  readonly pinningHash: string;
  /** Null on servers before 7.2, which can't disable. */
  readonly disabled: boolean | null;
  /** Null on servers before 7.2. */
  readonly usage: CertificateUsage | null;
  readonly ssoIdentifiers: readonly SsoIdentifier[];
  readonly ssoServerPinningHashes: readonly string[];
  readonly allowAnySsoServer: boolean;
  /** Null when the server didn't say: it tells only with metadata, and never for its own entry. */
  readonly hasTwoFactor: boolean | null;
  /** Base64 DER, public part only; null when only metadata was asked for. */
  readonly certificateDer: string | null;
}

export interface CertificateList {
  readonly certificates: readonly Certificate[];
  readonly loadedServerThumbprint: string | null;
  /** Null when the server uses one certificate for both. */
  readonly loadedServerThumbprintForCommunication: string | null;
  /** Thumbprints of `Security.WellKnownCertificates.Admin`. */
  readonly wellKnownAdmins: readonly string[];
  /** Thumbprints of `Security.WellKnownIssuers.Admin`. */
  readonly wellKnownIssuers: readonly string[];
}

/** The certificate this connection presents, as the server knows it. */
export interface WhoAmI extends Certificate {
  /** End of the running two-factor session on this node; null when there is none. */
  readonly twoFactorSessionEnd: number | null;
}
