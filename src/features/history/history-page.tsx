import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { certificateQuery } from '../../queries/certificates.ts';
import { historyQuery } from '../../queries/history.ts';
import { capabilitiesQuery } from '../../queries/server.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { historyCsv } from './history-csv.ts';
import { HistoryList } from './history-list.tsx';
import css from './history.module.css';

/** Who did what when: to one certificate, or to all. */
export function HistoryPage({ thumbprint }: { thumbprint?: string }) {
  const api = useApi();
  const capabilities = useQuery(capabilitiesQuery(api));
  const kept = capabilities.data?.history;
  const history = useInfiniteQuery({ ...historyQuery(api, thumbprint), enabled: kept === true });
  const error = capabilities.error ?? history.error;
  const certificate = useQuery({ ...certificateQuery(api, thumbprint ?? ''), enabled: thumbprint !== undefined });
  const pages = history.data?.pages;
  const events = pages?.flat() ?? [];
  const name = certificate.data?.name ?? events[0]?.name ?? thumbprint?.slice(0, 10);
  const save = () =>
    saveFile({
      fileName: thumbprint === undefined ? 'history.csv' : `history-${thumbprint.slice(0, 10)}.csv`,
      content: new Blob([historyCsv(events)], { type: 'text/csv' }),
    });
  return (
    <div className={css.page}>
      <PageHeader
        title={thumbprint === undefined ? 'History' : `History of ${name ?? ''}`}
        back={thumbprint === undefined ? undefined : { to: `/certificates/${thumbprint}`, label: name ?? '' }}
        actions={
          events.length === 0 ? null : (
            <Button icon="download" onClick={save}>
              {history.hasNextPage ? 'Export what is shown' : 'Export as CSV'}
            </Button>
          )
        }
      >
        Who did what to which certificate, the latest first. The server adds to this record and never changes it.
      </PageHeader>
      {error === null ? null : (
        <FailureNotice error={error} onRetry={() => void (kept === true ? history : capabilities).refetch()} />
      )}
      {kept === false ? (
        <Notice title="This server keeps no history that can be asked for">
          RavenDB writes an audit log on each node when Security.AuditLog.FolderPath is set. The embedded node keeps its
          own record, which is shown here.
        </Notice>
      ) : pages === undefined ? (
        error === null ? (
          <Card>
            <Skeleton />
          </Card>
        ) : null
      ) : events.length === 0 ? (
        <EmptyState icon="clock" title="Nothing has been done yet" />
      ) : (
        <Card>
          <HistoryList events={events} named={thumbprint === undefined} />
        </Card>
      )}
      {history.hasNextPage ? (
        <div>
          <Button pending={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            {history.isFetchingNextPage ? 'Loading…' : 'Show earlier'}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
