import type { Authenticator } from './auth/authenticator.ts';
import type { CertificateTable } from './certificates/certificate-table.ts';
import type { Cluster } from './cluster.ts';
import type { CryptoPool } from './crypto/crypto-pool.ts';
import type { DatabaseTable } from './databases/database-table.ts';
import type { Documents } from './databases/documents.ts';
import type { Hardenings } from './hardenings.ts';
import type { History } from './history/history.ts';
import type { Licence } from './licence/licence.ts';
import type { NotificationCenter } from './notifications/notification-center.ts';
import type { Operations } from './notifications/operations.ts';
import type { Settings } from './settings/settings.ts';
import type { Statistics } from './statistics/statistics.ts';
import type { Store } from './store/store.ts';
import type { Renewal } from './tls/renewal.ts';
import type { StudioFiles } from './studio/raven-studio.ts';
import type { Replacement } from './tls/replacement.ts';
import type { IdentityKeeper } from './tls/identity-keeper.ts';
import type { CodeGuard } from './two-factor/code-guard.ts';
import type { TwoFactorSessions } from './two-factor/sessions.ts';

/** Everything that the handlers work with. */
export interface ServerNode {
  readonly store: Store;
  readonly cluster: Cluster;
  readonly certificates: CertificateTable;
  readonly databases: DatabaseTable;
  readonly history: History;
  readonly sessions: TwoFactorSessions;
  readonly codes: CodeGuard;
  readonly statistics: Statistics;
  readonly settings: Settings;
  readonly licence: Licence;
  readonly hardenings: Hardenings;
  readonly authenticator: Authenticator;
  readonly crypto: CryptoPool;
  readonly identity: IdentityKeeper;
  readonly replacement: Replacement;
  readonly renewal: Renewal;
  readonly documents: Documents;
  readonly operations: Operations;
  readonly notifications: NotificationCenter;
  /** How the node says that it was set up; `LetsEncrypt` when it renews its certificate itself. */
  readonly setupMode: () => string;
  /** Answer as a fresh RavenDB does, without anything of our own. */
  readonly asRavenDb: boolean;
  /** What clients reach the node at, e.g. `https://localhost:8443`. */
  readonly publicUrl: string;
  /** The folder with the built console, when there is one. */
  readonly studio: string | undefined;
  /** The files of the user's own copy of RavenDB Studio, served in the console's place. */
  readonly ravenStudio: StudioFiles | undefined;
  readonly log: (line: string) => void;
}
