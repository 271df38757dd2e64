import type { ServerFacts } from '../api/capabilities.ts';

/** What not every RavenDB from 5.4 on can do. */
export interface Capabilities {
  /** Such as `7.2.7`. */
  readonly version: string;
  /** Certificates can ask for a second factor. Where they can't, an authentication key is taken and ignored without a word. */
  readonly twoFactor: boolean;
  /** Certificates can be disabled. Where they can't, it is taken and ignored without a word. */
  readonly disable: boolean;
  readonly singleSignOn: boolean;
  /** Nodes have a certificate of their own to talk to each other when the server's isn't made for client authentication. */
  readonly communicationCertificate: boolean;
  /** Tells from when on a certificate counts as expiring. */
  readonly expiringThreshold: boolean;
  /** Keeps a history that can be asked for; RavenDB doesn't. */
  readonly history: boolean;
  /** A generated `.key` file is encrypted with the passphrase, as the `.pfx` beside it. */
  readonly encryptsKeyFile: boolean;
}

/** The path that shows a capability, and the first version that is known to have it, for a server that doesn't tell its paths. */
const shownBy = {
  twoFactor: { path: '/authentication/2fa/configuration', since: '5.4.206' },
  singleSignOn: { path: '/admin/certificates/sso/user', since: '7.2.5' },
  communicationCertificate: { path: '/admin/certificates/for-communication/export', since: '7.1.0' },
  expiringThreshold: { path: '/studio-tasks/bootstrap', since: '6.2.0' },
} as const;

const numbers = (version: string): number[] => version.split('.').map((part) => Number.parseInt(part, 10) || 0);

/** Whether a version such as `7.2.7` is another one or comes after it. */
export function atLeast(version: string, other: string): boolean {
  const [own, wanted] = [numbers(version), numbers(other)];
  const place = wanted.findIndex((part, index) => part !== (own[index] ?? 0));
  return place === -1 || (own[place] ?? 0) > (wanted[place] ?? 0);
}

/** What a server can do, by what it says of itself; its version decides only what it doesn't say otherwise. */
export function capabilitiesOf({ version, routes, disables }: ServerFacts): Capabilities {
  const has = ({ path, since }: { path: string; since: string }) => routes?.has(path) ?? atLeast(version, since);
  return {
    version,
    twoFactor: has(shownBy.twoFactor),
    disable: disables ?? atLeast(version, disablesSince),
    singleSignOn: has(shownBy.singleSignOn),
    communicationCertificate: has(shownBy.communicationCertificate),
    expiringThreshold: has(shownBy.expiringThreshold),
    history: routes?.has('/admin/certificates/history') ?? false,
    encryptsKeyFile: !atLeast(version, '7.1'),
  };
}

/** Measured: 7.2.1 takes it without effect. */
const disablesSince = '7.2.2';

/** What a version lacks, in one sentence. */
export const lacks = {
  twoFactor: 'This version of RavenDB has no second factor: later releases of 5.4 and all newer versions have one.',
  disable: `This server can’t disable certificates: RavenDB does since ${disablesSince}.`,
  singleSignOn: `This version of RavenDB has no single sign-on: it came with ${shownBy.singleSignOn.since}.`,
  lastUse: 'This server doesn’t record when certificates are used: RavenDB 6.2 and newer do.',
} as const;

/** What a version lacks that has no route for this path; undefined for a path of which nothing is known. */
export function lackOf(path: string): string | undefined {
  if (/^\/(?:authentication|admin\/certificates)\/2fa\b/.test(path)) return lacks.twoFactor;
  return path.startsWith('/admin/certificates/sso/') ? lacks.singleSignOn : undefined;
}
