import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { allowedActions } from '../../domain/allowed-actions.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { editableQuery } from '../../queries/editable.ts';
import { Card } from '../../ui/card.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { EditForm } from './edit-form.tsx';
import css from './edit.module.css';

/** Edits a certificate; says why not where that isn't allowed, also to whom the address led here. */
export function EditPage({ thumbprint }: { thumbprint: string }) {
  const api = useApi();
  const editable = useQuery(editableQuery(api, thumbprint));
  const whoAmI = useQuery(whoAmIQuery(api));
  const [now] = useState(Date.now);
  const { data } = editable;
  // A form that is open stays, also when the certificate is deleted meanwhile or the server goes away.
  const [opened, setOpened] = useState(data);
  if (data != null && whoAmI.data != null && opened == null) setOpened(data);
  const back = { to: `/certificates/${thumbprint}`, label: data?.entry.name ?? 'Certificate' };

  if (opened != null && whoAmI.data != null) {
    const { edit } = allowedActions(opened.entry, whoAmI.data, now);
    if (edit === true) return <EditForm start={opened} latest={data} viewer={whoAmI.data} now={now} />;
    return (
      <div className={css.page}>
        <PageHeader title="Edit" back={back} />
        <Notice
          tone="warn"
          title={`“${opened.entry.name}” can’t be edited`}
          actions={<LinkButton to={`/certificates/${opened.entry.thumbprint}`}>Show it</LinkButton>}
        >
          {edit}
        </Notice>
      </div>
    );
  }
  if (data === null)
    return (
      <div className={css.page}>
        <PageHeader title="Edit" back={{ to: '/', label: 'Certificates' }} />
        <Notice tone="warn" title="No certificate with this thumbprint is registered">
          It may have been deleted meanwhile. The list shows what is there.
        </Notice>
      </div>
    );
  const failure = editable.error ?? whoAmI.error;
  return (
    <div className={css.page}>
      <PageHeader title="Edit" back={back} />
      {failure === null ? (
        <Card className={css.form}>
          <Spinner label="Reading the certificate" />
          <Skeleton width="40%" />
          <Skeleton />
          <Skeleton width="70%" />
        </Card>
      ) : (
        <FailureNotice error={failure} onRetry={() => void editable.refetch()} />
      )}
    </div>
  );
}
