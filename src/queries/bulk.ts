import { mutationOptions } from '@tanstack/react-query';
import { deleteCertificate } from '../api/certificates.ts';
import type { RavenApi } from '../api/client.ts';
import { RavenError } from '../api/errors.ts';
import type { Viewer } from '../domain/allowed-actions.ts';
import { type BulkAction, planBulk } from '../domain/bulk.ts';
import type { CertificateEntry } from '../domain/certificate-entry.ts';
import { draftOf, settingsChanges, settingsOf } from '../domain/certificate-settings.ts';
import { certificatesKey } from './certificates.ts';
import { readEditable } from './editable.ts';
import { inParallel } from './in-parallel.ts';
import { writeEdit } from './save-edit.ts';

/** What became of one certificate. */
export type BulkResult =
  | { readonly kind: 'done' }
  /** It was so already when it was read anew. */
  | { readonly kind: 'already' }
  /** It can't be done any more, or somebody else was in the way. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What all writes of a run have in common. */
export interface BulkOrder {
  readonly action: BulkAction;
  readonly viewer: Viewer;
  /** Entries that the run doesn't touch: among them has to be the cluster admin who stays. */
  readonly staying: readonly CertificateEntry[];
}

/** At once: enough to hide the way to the server, not enough to keep others waiting there. */
const atOnce = 4;

/**
 * Does it to one certificate, as it is now: an edit replaces all settings and RavenDB has no version check, so what somebody else changed
 * since the dry run is read first and stays.
 */
async function applyTo(
  api: RavenApi,
  planned: CertificateEntry,
  { action, viewer, staying }: BulkOrder,
): Promise<BulkResult> {
  const current = await readEditable(api, planned.thumbprint);
  if (current === null)
    return action.kind === 'delete' ? { kind: 'already' } : { kind: 'refused', reason: 'It was deleted meanwhile.' };
  const plan = (entry: CertificateEntry) =>
    planBulk([entry], action, { all: [entry, ...staying], viewer, now: Date.now() });
  const { changes, refused } = plan(current.entry);
  const [change] = changes;
  if (change === undefined)
    return refused[0] === undefined ? { kind: 'already' } : { kind: 'refused', reason: refused[0].reason };
  if (action.kind === 'delete') {
    // It can't be undone: what goes has to be what was shown.
    if (settingsChanges(settingsOf(planned), settingsOf(current.entry)).length > 0)
      return {
        kind: 'refused',
        reason: 'Somebody else changed it meanwhile. Look at it before you delete it.',
      };
    await deleteCertificate(api, current.entry.thumbprint);
    return { kind: 'done' };
  }
  const outcome = await writeEdit(api, current, {
    draft: {
      ...draftOf(current.entry),
      permissions: change.permissions,
      ...(action.kind === 'enable' || action.kind === 'disable' ? { disabled: action.kind === 'disable' } : {}),
    },
    authenticationKey: null,
  });
  if (outcome.kind === 'unfinished') return { kind: 'failed', error: outcome.error };
  if (outcome.kind !== 'saved') return { kind: 'refused', reason: 'It was deleted meanwhile.' };
  return plan(outcome.current.entry).changes.length === 0
    ? { kind: 'done' }
    : { kind: 'refused', reason: 'Somebody else saved it at the same moment. Try it again.' };
}

/** Whether an error is about the way to the server or about who we are, so that every other certificate would meet it too. */
const concernsAll = (error: unknown): error is RavenError =>
  error instanceof RavenError &&
  (error.status === 0 || error.status === 428 || error.status === 503 || error.type.startsWith('Gateway.'));

export interface BulkRun extends BulkOrder {
  readonly entries: readonly CertificateEntry[];
  /** Asked before each: false stops, and what was begun ends. */
  readonly goesOn: () => boolean;
  readonly onBegin: (thumbprint: string) => void;
  /** Null: not done, because the whole run stopped. */
  readonly onResult: (thumbprint: string, result: BulkResult | null) => void;
}

export interface BulkEnd {
  /** Thumbprints of what was changed. */
  readonly done: readonly string[];
  /** Why the run stopped by itself: the server went away, or wants a second factor first. */
  readonly interrupted: RavenError | null;
}

async function runBulk(api: RavenApi, run: BulkRun): Promise<BulkEnd> {
  const done: string[] = [];
  let interrupted: RavenError | null = null;
  await inParallel(
    run.entries,
    atOnce,
    async (entry) => {
      const { thumbprint } = entry;
      run.onBegin(thumbprint);
      let result: BulkResult | null;
      try {
        result = await applyTo(api, entry, run);
      } catch (error) {
        result = concernsAll(error) ? null : { kind: 'failed', error };
        if (concernsAll(error)) interrupted = error;
      }
      if (result?.kind === 'done') done.push(thumbprint);
      run.onResult(thumbprint, result);
    },
    () => interrupted === null && run.goesOn(),
  );
  return { done, interrupted };
}

/**
 * One mutation for the whole run, so that the list is loaded anew once and not for each certificate. It succeeds whatever becomes of single
 * ones: their results say it.
 */
export const bulkMutation = (api: RavenApi) =>
  mutationOptions({
    mutationKey: [...certificatesKey, 'bulk'],
    mutationFn: (run: BulkRun) => runBulk(api, run),
    gcTime: 0,
  });
