import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { buildVersionQuery, serverUrlQuery } from '../../queries/server.ts';
import { secondFactorOwedQuery, twoFactorConfigurationQuery } from '../../queries/two-factor.ts';
import { Card } from '../../ui/card.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { CodeForm } from './code-form.tsx';
import { NothingOwed } from './nothing-owed.tsx';
import css from './two-factor-page.module.css';
import { wantedPage } from './two-factor-path.ts';

/**
 * What a person whose certificate requires a second factor meets first. Who owes it is asked of the server each time: a session that
 * somebody else opened for this certificate shows in `whoami`, but doesn't let us in. @param search `next=…`, see `twoFactorPath`
 */
export function TwoFactorPage({ search }: { search: string }) {
  const api = useApi();
  const client = useQueryClient();
  const { navigate } = useNavigation();
  const owed = useQuery(secondFactorOwedQuery(api));
  const whoAmI = useQuery({ ...whoAmIQuery(api), staleTime: 0 });
  const configuration = useQuery({ ...twoFactorConfigurationQuery(api), enabled: owed.data === true });
  const serverUrl = useQuery(serverUrlQuery(api)).data;
  // Once the form is there it stays until we go on, whatever is asked anew behind it.
  const [asked, setAsked] = useState(false);
  const ready =
    owed.data === true && owed.isFetchedAfterMount && configuration.data !== undefined && whoAmI.data !== undefined;
  if (ready && !asked) setAsked(true);
  const failed = asked ? undefined : [owed, whoAmI, configuration].find(({ isError }) => isError);
  const goOn = useEffectEvent(() => navigate(wantedPage(search), { replace: true }));
  const [entered, setEntered] = useState(false);
  // The shell keeps watching this query: before it knows that we are in, it would only send us back here.
  const known = useQuery({ ...buildVersionQuery(api), enabled: false }).isSuccess;
  useEffect(() => {
    if (entered && known) goOn();
  }, [entered, known]);
  const host = serverUrl === undefined ? 'RavenDB' : new URL(serverUrl).host;
  return (
    <div className={css.page}>
      <Card className={css.card}>
        <PageHeader title={owed.data === false && !asked ? 'No code needed now' : 'Enter your authentication code'} />
        {failed !== undefined ? (
          <FailureNotice
            error={failed.error}
            onRetry={() => void client.invalidateQueries({ predicate: ({ state }) => state.status === 'error' })}
          />
        ) : asked && configuration.data !== undefined ? (
          <CodeForm
            certificateName={whoAmI.data?.name ?? ''}
            host={host}
            configuration={configuration.data}
            otherSessionEnd={owed.data === true ? (whoAmI.data?.twoFactorSessionEnd ?? null) : null}
            onDone={() => setEntered(true)}
          />
        ) : owed.data === false && whoAmI.data !== undefined ? (
          <NothingOwed
            sessionEnd={whoAmI.data?.twoFactorSessionEnd ?? null}
            onGoOn={() => navigate(wantedPage(search), { replace: true })}
          />
        ) : (
          <>
            <Spinner label="Asking the server" />
            <Skeleton width="90%" />
            <Skeleton width="60%" />
          </>
        )}
      </Card>
    </div>
  );
}
