import { type BulkAction, type BulkPlan, planBulk } from '../../domain/bulk.ts';
import type { Viewer } from '../../domain/allowed-actions.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { needsReadOnlyLicence } from '../../domain/database-access.ts';

const unlicensed = 'It would hold nothing but Read, which the server’s licence doesn’t include.';

export interface RequestPlan extends BulkPlan {
  /** Selected ones that aren't registered any more. */
  readonly gone: number;
  /** What the run doesn't touch. */
  readonly staying: readonly CertificateEntry[];
}

/**
 * The dry run.
 * @param selected thumbprints @param entries the whole list @param readOnlyLicence null: not known @param now milliseconds UTC
 */
export function planRequest(
  selected: readonly string[],
  action: BulkAction,
  {
    entries,
    viewer,
    readOnlyLicence,
    now,
  }: { entries: readonly CertificateEntry[]; viewer: Viewer; readOnlyLicence: boolean | null; now: number },
): RequestPlan {
  const wanted = new Set(selected);
  const found = entries.filter(({ thumbprint }) => wanted.has(thumbprint));
  const plan = planBulk(found, action, { all: entries, viewer, now });
  const isRefused = ({ permissions }: BulkPlan['changes'][number]): boolean =>
    readOnlyLicence === false &&
    (action.kind === 'grant' || action.kind === 'revoke') &&
    needsReadOnlyLicence(permissions);
  const changes = plan.changes.filter((change) => !isRefused(change));
  const changing = new Set(changes.map(({ entry }) => entry));
  return {
    changes,
    refused: [...plan.refused, ...plan.changes.filter(isRefused).map(({ entry }) => ({ entry, reason: unlicensed }))],
    unchanged: plan.unchanged,
    gone: wanted.size - found.length,
    staying: entries.filter((entry) => !changing.has(entry)),
  };
}

/** Names what a plan would do: two with the same text do the same. */
export const planText = ({ changes, refused, gone }: RequestPlan): string =>
  JSON.stringify([
    changes.map(({ entry, permissions }) => [
      entry.thumbprint,
      entry.name,
      entry.clearance,
      entry.disabled,
      entry.permissions,
      permissions,
    ]),
    refused.map(({ entry, reason }) => [entry.thumbprint, reason]),
    gone,
  ]);
