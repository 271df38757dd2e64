import type { DatabaseAccess, DatabasePermission } from '../api/types.ts';
import { allowedActions, type Viewer } from './allowed-actions.ts';
import type { CertificateEntry } from './certificate-entry.ts';
import { reachesAllDatabases } from './clearance.ts';
import { accessTo } from './database-access.ts';

/** One thing to do to many certificates. */
export type BulkAction =
  | { readonly kind: 'enable' | 'disable' | 'delete' }
  | { readonly kind: 'grant'; readonly database: string; readonly access: DatabaseAccess }
  | { readonly kind: 'revoke'; readonly database: string };

export interface BulkPlan {
  /** What will change. `permissions` is the whole new map where the action concerns databases. */
  readonly changes: readonly {
    readonly entry: CertificateEntry;
    readonly permissions: readonly DatabasePermission[];
  }[];
  /** What can't be changed, each with its reason. */
  readonly refused: readonly { readonly entry: CertificateEntry; readonly reason: string }[];
  /** What is so already. */
  readonly unchanged: readonly CertificateEntry[];
}

/** The permissions after giving or taking access to one database; its name is compared without case, as RavenDB does. */
export function changedPermissions(
  permissions: readonly DatabasePermission[],
  action: Extract<BulkAction, { database: string }>,
): DatabasePermission[] {
  const name = action.database.toLowerCase();
  const kept = permissions.filter(({ database }) => database.toLowerCase() !== name);
  return action.kind === 'revoke' ? kept : [...kept, { database: action.database, access: action.access }];
}

const isAdminInForce = (entry: CertificateEntry, now: number): boolean =>
  entry.clearance === 'ClusterAdmin' && !entry.disabled && (entry.notAfter === null || entry.notAfter >= now);

/**
 * What an action would do to the selected entries, before anything is sent.
 * @param all every entry of the server, to keep its last cluster admin whatever is selected
 * @param now milliseconds UTC
 */
export function planBulk(
  selected: readonly CertificateEntry[],
  action: BulkAction,
  { all, viewer, now }: { all: readonly CertificateEntry[]; viewer: Viewer; now: number },
): BulkPlan {
  const changes: BulkPlan['changes'][number][] = [];
  const refused: BulkPlan['refused'][number][] = [];
  const unchanged: CertificateEntry[] = [];
  let admins = all.filter((entry) => isAdminInForce(entry, now)).length;

  for (const entry of selected) {
    const allowed = allowedActions(entry, viewer, now, admins > 1);
    const refuse = (reason: string) => refused.push({ entry, reason });
    switch (action.kind) {
      case 'enable':
      case 'disable': {
        const disable = action.kind === 'disable';
        if (entry.disabled === disable) unchanged.push(entry);
        else if (allowed.disable !== true) refuse(allowed.disable);
        else {
          if (disable && isAdminInForce(entry, now)) admins--;
          changes.push({ entry, permissions: entry.permissions });
        }
        break;
      }
      case 'delete':
        if (allowed.delete !== true) refuse(allowed.delete);
        else {
          if (isAdminInForce(entry, now)) admins--;
          changes.push({ entry, permissions: entry.permissions });
        }
        break;
      case 'grant':
      case 'revoke':
        if (allowed.edit !== true) refuse(allowed.edit);
        else if (reachesAllDatabases(entry.clearance))
          refuse('This clearance reaches every database: permissions have no effect.');
        else if (accessTo(entry, action.database) === (action.kind === 'grant' ? action.access : null))
          unchanged.push(entry);
        else changes.push({ entry, permissions: changedPermissions(entry.permissions, action) });
    }
  }
  return { changes, refused, unchanged };
}
