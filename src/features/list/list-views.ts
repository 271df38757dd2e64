import { certificateState, day } from '../../domain/certificate-state.ts';
import type { Capabilities } from '../../domain/capabilities.ts';
import { type LastUse, lastUsed } from '../../domain/last-used.ts';
import type { ListRow } from './list-rows.ts';
import { type ListView, listViews } from './list-search.ts';

/** Days before its end from which a certificate is in the view "Expiring". */
export const expiringDays = 30;
/** Days without use from which a certificate is in the view "Unused". */
export const unusedDays = 90;

export const viewLabels: Readonly<Record<ListView, string>> = {
  all: 'All',
  valid: 'Valid',
  expiring: `Expiring in ${String(expiringDays)} days`,
  expired: 'Expired',
  disabled: 'Disabled',
  'admins-without-2fa': 'Admins without two-factor',
  unused: `Unused for ${String(unusedDays)} days`,
};

/** What the views depend on beside the rows. `lastUse` is undefined until the nodes have answered. */
export interface Moment {
  /** Milliseconds UTC. */
  readonly now: number;
  readonly lastUse: LastUse | undefined;
}

/** Whether the certificate lets somebody in at this moment. */
export function works({ entry }: ListRow, now: number): boolean {
  const state = certificateState(entry, now, expiringDays);
  return state === 'valid' || state === 'expiring';
}

function unused(row: ListRow, { now, lastUse }: Moment): boolean {
  if (lastUse === undefined || !works(row, now) || row.entry.kind !== 'client') return false;
  const since = lastUsed(row.entry, lastUse);
  const limit = now - unusedDays * day;
  if (since === 'unknown' || since === 'unrecorded') return false;
  // RavenDB forgets the last use when a node restarts: "never" says something only of a certificate that is old enough.
  return since === 'never' ? (row.entry.notBefore ?? limit) <= limit : since <= limit;
}

const tests: Readonly<Record<ListView, (row: ListRow, moment: Moment) => boolean>> = {
  all: () => true,
  valid: (row, { now }) => works(row, now),
  expiring: ({ entry }, { now }) => certificateState(entry, now, expiringDays) === 'expiring',
  expired: ({ entry }, { now }) => certificateState(entry, now, expiringDays) === 'expired',
  disabled: ({ entry }) => entry.disabled === true,
  'admins-without-2fa': (row, { now }) =>
    row.entry.clearance === 'ClusterAdmin' && row.entry.hasTwoFactor === false && works(row, now),
  unused,
};

/** Views that say nothing on this server, by what its version lacks. */
export const senselessViews = (
  capabilities: Capabilities | undefined,
  lastUse: LastUse | undefined,
): readonly ListView[] => [
  ...(capabilities?.disable === false ? (['disabled'] as const) : []),
  ...(capabilities?.twoFactor === false ? (['admins-without-2fa'] as const) : []),
  ...((lastUse?.unrecordedNodes.length ?? 0) > 0 ? (['unused'] as const) : []),
];

/** Whether a row is in a view. */
export const isInView = (view: ListView, row: ListRow, moment: Moment): boolean => tests[view](row, moment);

/** How many rows each view has, of the whole list. */
export function countViews(rows: readonly ListRow[], moment: Moment): Record<ListView, number> {
  const counts = Object.fromEntries(listViews.map((view) => [view, 0])) as Record<ListView, number>;
  for (const row of rows) for (const view of listViews) if (tests[view](row, moment)) counts[view] += 1;
  return counts;
}
