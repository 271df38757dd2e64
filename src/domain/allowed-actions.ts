import type { Certificate } from '../api/types.ts';
import type { CertificateEntry } from './certificate-entry.ts';
import { isClusterAdmin } from './clearance.ts';

/** True, or the reason why not in one sentence. */
export type Allowed = true | string;

export interface AllowedActions {
  readonly edit: Allowed;
  readonly disable: Allowed;
  readonly delete: Allowed;
  readonly clone: Allowed;
}

export interface Viewer {
  readonly thumbprint: string;
  readonly clearance: Certificate['clearance'];
}

const all = (reason: string): AllowedActions => ({ edit: reason, disable: reason, delete: reason, clone: reason });

/**
 * What the viewer may do with an entry, by RavenDB's rules (contract §5.5, §7.4, §7.5), and by two of our own: nobody deletes the
 * certificate this console uses, and the last cluster admin stays.
 * @param now milliseconds UTC
 * @param otherAdmins whether another enabled, unexpired cluster admin is registered; true where that isn't known
 */
export function allowedActions(
  entry: CertificateEntry,
  viewer: Viewer,
  now: number,
  otherAdmins = true,
): AllowedActions {
  if (entry.kind === 'server') return all("The server's own certificate changes only by replacing or renewing it.");
  if (!isClusterAdmin(viewer.clearance) && viewer.clearance !== 'Operator')
    return all('This needs the clearance Operator or Cluster admin.');

  const own = entry.thumbprints.some((thumbprint) => thumbprint.toUpperCase() === viewer.thumbprint.toUpperCase());
  const above = isClusterAdmin(entry.clearance) && !isClusterAdmin(viewer.clearance);
  const aboveReason = 'Only a cluster admin may change the certificate of a cluster admin or node.';
  const expired = entry.notAfter !== null && entry.notAfter < now;
  const lastAdmin = entry.clearance === 'ClusterAdmin' && !entry.disabled && !expired && !otherAdmins;
  const lastAdminReason = 'This is the last certificate with the clearance Cluster admin. Issue another one first.';
  const unreadableReason = 'This entry can’t be read: it opens nothing, and can only be deleted.';
  const orphanReason =
    'This certificate belonged to a collection, and RavenDB refuses to delete it on its own. Edit it and save: that frees it.';

  const edit: Allowed = entry.unreadable
    ? unreadableReason
    : expired
      ? 'Expired certificates can’t be edited. Issue a new one with the same rights instead.'
      : entry.kind === 'ssoServer'
        ? 'RavenDB doesn’t let SSO servers be edited. Upload a new certificate with the same key, then delete this one.'
        : above
          ? aboveReason
          : true;
  const disable: Allowed = own
    ? 'This console uses this certificate: disabling it would lock you out.'
    : entry.unreadable
      ? unreadableReason
      : entry.kind === 'node'
        ? 'Certificates of cluster nodes can’t be disabled.'
        : entry.kind === 'ssoServer'
          ? 'RavenDB doesn’t let SSO servers be disabled.'
          : entry.disabled === null
            ? 'This server can’t disable certificates: RavenDB does since 7.2. Delete it instead.'
            : above
              ? aboveReason
              : lastAdmin
                ? lastAdminReason
                : true;
  const remove: Allowed = own
    ? 'This console uses this certificate: deleting it would lock you out.'
    : entry.orphan
      ? orphanReason
      : above
        ? aboveReason
        : lastAdmin
          ? lastAdminReason
          : true;
  const clone: Allowed =
    entry.kind === 'ssoServer' || entry.kind === 'ssoUser'
      ? 'Single sign-on entries have no certificate to issue anew.'
      : entry.kind === 'node'
        ? 'Certificates of cluster nodes come with setting up the cluster.'
        : above
          ? 'Only a cluster admin may issue a certificate with the clearance Cluster admin.'
          : true;
  return { edit, disable, delete: remove, clone };
}
