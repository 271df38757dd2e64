import type { Viewer } from '../../domain/allowed-actions.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import type { LoadedCertificates } from '../../queries/certificates.ts';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { BulkDryRun } from './bulk-dry-run.tsx';
import { BulkProgress } from './bulk-progress.tsx';
import { type BulkRequest, bulkTitle } from './bulk-request.ts';
import css from './bulk.module.css';
import { useBulkRun } from './use-bulk-run.ts';

/** First what would change, then how it goes. */
export function BulkView({
  selected,
  request,
  entries,
  viewer,
  refresh,
}: {
  /** Thumbprints. */
  selected: readonly string[];
  request: BulkRequest;
  /** The whole list. */
  entries: readonly CertificateEntry[];
  viewer: Viewer;
  /** Loads the list anew. @throws RavenError */
  refresh: () => Promise<LoadedCertificates | undefined>;
}) {
  const { runner, state, start } = useBulkRun();
  const running = state !== null && state.phase !== 'ended';
  return (
    <div className={css.page}>
      <PageHeader title={bulkTitle(request.kind, selected.length)} back={{ to: '/', label: 'Certificates' }} />
      {runner === null || state === null ? (
        <BulkDryRun
          selected={selected}
          request={request}
          entries={entries}
          viewer={viewer}
          refresh={refresh}
          onStart={start}
        />
      ) : (
        <BulkProgress runner={runner} state={state} />
      )}
      <LeaveGuard when={running} title="Leave while this runs?" onLeave={() => runner?.stop()}>
        <p>What is under way is finished. The rest stays as it is, and selected in the list.</p>
      </LeaveGuard>
    </div>
  );
}
