import { zonedDate } from '../certificates/definition.ts';
import { licenceError } from '../http/raven-exception.ts';

export type LicenceKind = 'developer' | 'none';

const absentFeatures = [
  'Encryption',
  'SnmpMonitoring',
  'SnapshotBackups',
  'CloudBackups',
  'DynamicNodesDistribution',
  'ExternalReplication',
  'DelayedExternalReplication',
  'RavenEtl',
  'SqlEtl',
  'HighlyAvailableTasks',
  'PullReplicationAsHub',
  'PullReplicationAsSink',
  'EncryptedBackups',
  'DocumentsCompression',
  'TimeSeriesRollupsAndRetention',
  'MonitoringEndpoints',
  'OlapEtl',
  'QueueEtl',
  'PeriodicBackup',
  'ClientConfiguration',
  'StudioConfiguration',
  'ServerWideBackups',
];

/** What the licence allows. Without one a RavenDB refuses certificates that may only read, and single sign-on. */
export class Licence {
  readonly kind: LicenceKind;

  constructor(kind: LicenceKind) {
    this.kind = kind;
  }

  get type(): string {
    return this.kind === 'developer' ? 'Developer' : 'None';
  }

  get readOnlyCertificates(): boolean {
    return this.kind === 'developer';
  }

  get sso(): boolean {
    return this.kind === 'developer';
  }

  /** The answer of `GET /license/status`. @param since ms UTC when the server first started */
  status(since: number) {
    const all = this.kind === 'developer';
    return {
      Id: null,
      LicensedTo: null,
      Status: all ? 'Commercial' : 'AGPL - Open Source',
      Expired: false,
      UpgradeRequired: null,
      FirstServerStartDate: zonedDate(since),
      Attributes: null,
      ErrorMessage: null,
      Type: this.type,
      Version: null,
      Expiration: null,
      SubscriptionExpiration: null,
      MaxClusterSize: 1,
      IsIsv: false,
      IsCloud: false,
      DistributedCluster: false,
      CanAutoRenewLetsEncryptCertificate: all,
      HasSso: this.sso,
      HasReadOnlyCertificates: this.readOnlyCertificates,
      // Of RavenDB's other features this node has none, so that a console offers none of them.
      ...Object.fromEntries(absentFeatures.map((feature) => [`Has${feature}`, false])),
    };
  }

  requireReadOnlyCertificates(): void {
    if (!this.readOnlyCertificates)
      throw licenceError("Your current license doesn't include the read-only certificates feature");
  }

  requireSso(): void {
    if (!this.sso) throw licenceError(`Your current license (${this.type}) does not allow using SSO`);
  }
}
