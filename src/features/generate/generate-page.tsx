import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { certificatesQuery } from '../../queries/certificates.ts';
import { editableQuery } from '../../queries/editable.ts';
import { Card } from '../../ui/card.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import css from './generate.module.css';
import { emptyForm, formLike, type GenerateForm } from './generate-form.ts';
import { GenerateView } from './generate-view.tsx';

/** Generates a client certificate; `?from=` and a thumbprint begin with the rights of another. @param search the URL's query */
export function GeneratePage({ search }: { search: string }) {
  const from = new URLSearchParams(search).get('from');
  return (
    <div className={css.page}>
      <PageHeader title="Generate a client certificate" back={{ to: '/', label: 'Certificates' }} />
      {from === null || from === '' ? <GenerateView begin={emptyForm} /> : <Like key={from} thumbprint={from} />}
    </div>
  );
}

/** Reads the certificate that is the pattern, and begins with it. What happens to it afterwards changes the form no more. */
function Like({ thumbprint }: { thumbprint: string }) {
  const api = useApi();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(editableQuery(api, thumbprint));
  const [begin, setBegin] = useState<GenerateForm>();
  if (begin === undefined && data != null) {
    const known = client.getQueryData(certificatesQuery(api).queryKey)?.certificates ?? [];
    setBegin(formLike(data.entry, new Set(known.map(({ name }) => name))));
  }
  if (begin !== undefined) return <GenerateView begin={begin} />;
  if (data === null)
    return (
      <Notice
        tone="warn"
        title="The certificate to begin with isn’t registered"
        actions={<LinkButton to="/generate">Begin with an empty form</LinkButton>}
      >
        It may have been deleted meanwhile.
      </Notice>
    );
  if (error !== null) return <FailureNotice error={error} onRetry={() => void refetch()} />;
  return (
    <Card className={css.form}>
      <Spinner label="Reading the certificate to begin with" />
      <Skeleton width="40%" />
      <Skeleton />
      <Skeleton width="70%" />
    </Card>
  );
}
