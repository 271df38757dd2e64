import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { toEntries } from '../../domain/certificate-entry.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery, whoAmIQuery } from '../../queries/certificates.ts';
import { selectionIn } from '../../queries/selection.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { bulkTitle, readBulkRequest } from './bulk-request.ts';
import { BulkView } from './bulk-view.tsx';
import css from './bulk.module.css';

/** One action for all selected certificates. @param search the URL's query: what to do; the selection comes with the history entry */
export function BulkPage({ search }: { search: string }) {
  const api = useApi();
  const { state } = useNavigation();
  const handed = state();
  const selected = useMemo(() => selectionIn(handed), [handed]);
  const request = readBulkRequest(search);
  const certificates = useQuery(certificatesQuery(api));
  const whoAmI = useQuery(whoAmIQuery(api));
  const { data: list } = certificates;
  const entries = useMemo(() => (list?.complete === true ? toEntries(list) : undefined), [list]);
  const back = { to: '/', label: 'Certificates' };

  if (request === null || selected.length === 0)
    return (
      <div className={css.page}>
        <PageHeader title="Change several certificates" back={back} />
        <EmptyState
          icon="key"
          title="No certificates are selected"
          actions={<LinkButton to="/">Go to the list</LinkButton>}
        >
          Select some in the list, then choose what to do with them.
        </EmptyState>
      </div>
    );
  if (entries !== undefined && whoAmI.data != null)
    return (
      <BulkView
        // Undoing is another run; another database in the address isn't.
        key={[request.kind, selected.length, selected[0], selected.at(-1)].join(' ')}
        selected={selected}
        request={request}
        entries={entries}
        viewer={whoAmI.data}
        refresh={async () => (await certificates.refetch({ throwOnError: true })).data}
      />
    );
  const failure = certificates.error ?? whoAmI.error;
  return (
    <div className={css.page}>
      <PageHeader title={bulkTitle(request.kind, selected.length)} back={back} />
      {failure === null ? (
        <Card className={css.card}>
          <Spinner label="Reading the certificates" />
          <Skeleton width="40%" />
          <Skeleton />
          <Skeleton width="70%" />
        </Card>
      ) : (
        <FailureNotice error={failure} onRetry={() => void Promise.all([certificates.refetch(), whoAmI.refetch()])} />
      )}
    </div>
  );
}
