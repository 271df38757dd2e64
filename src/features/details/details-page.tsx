import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { WhoAmI } from '../../api/types.ts';
import { allowedActions } from '../../domain/allowed-actions.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { certificateState, stateLabels } from '../../domain/certificate-state.ts';
import { clearanceLabels } from '../../domain/clearance.ts';
import { isOpenToVersionOne } from '../../domain/version-one.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { editableQuery } from '../../queries/editable.ts';
import { keepsHistoryQuery } from '../../queries/history.ts';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { DatabaseAccess } from './database-access.tsx';
import { DetailsActions } from './details-actions.tsx';
import css from './details.module.css';
import { EndingNotice } from './ending-notice.tsx';
import { GrantedFacts } from './granted-facts.tsx';
import { NotRegistered } from './not-registered.tsx';
import { Relatives } from './relatives.tsx';
import { SsoCard } from './sso-card.tsx';
import { WrittenCard } from './written-card.tsx';

const back = { to: '/', label: 'Certificates' };

/** One certificate: what it may do, what is written in it, and what can be done with it. */
export function DetailsPage({ thumbprint }: { thumbprint: string }) {
  const api = useApi();
  const read = useQuery(editableQuery(api, thumbprint));
  const { data: viewer } = useQuery(whoAmIQuery(api));
  if (read.data != null) return <Details entry={read.data.entry} asked={thumbprint} viewer={viewer ?? undefined} />;
  return (
    <div className={css.page}>
      <PageHeader title="Certificate" back={back} />
      {read.error !== null ? (
        <FailureNotice error={read.error} onRetry={() => void read.refetch()} />
      ) : read.data === null ? (
        <NotRegistered thumbprint={thumbprint} />
      ) : (
        <div className={css.columns} aria-busy="true">
          {[0, 1].map((column) => (
            <Card key={column} className={css.stack}>
              <Skeleton width="40%" />
              <Skeleton />
              <Skeleton width="80%" />
            </Card>
          ))}
        </div>
      )}
    </div>
  );
}

function Details({
  entry,
  asked,
  viewer,
}: {
  entry: CertificateEntry;
  /** The thumbprint in the address: the entry's, or that of a member of its collection. */
  asked: string;
  viewer: WhoAmI | undefined;
}) {
  const api = useApi();
  const [now] = useState(Date.now);
  const { data: keepsHistory } = useQuery(keepsHistoryQuery(api));
  const path = `/certificates/${encodeURIComponent(entry.thumbprint)}`;
  const allowed = viewer === undefined ? undefined : allowedActions(entry, viewer, now);
  const own = entry.thumbprints.some((one) => one.toUpperCase() === viewer?.thumbprint.toUpperCase());
  return (
    <div className={css.page}>
      <PageHeader
        title={entry.name.trim() === '' ? 'A certificate without a name' : entry.name}
        back={back}
        tags={<Tags entry={entry} own={own} now={now} />}
        actions={<DetailsActions entry={entry} path={path} allowed={allowed} keepsHistory={keepsHistory === true} />}
      />
      {entry.kind === 'client' && allowed?.clone === true ? <EndingNotice entry={entry} path={path} now={now} /> : null}
      <Remarks entry={entry} asked={asked} own={own} />
      <Relatives entry={entry} />
      <div className={css.columns}>
        <div className={css.column}>
          <Card className={css.stack} aria-labelledby="details-granted">
            <h2 id="details-granted">What the server grants</h2>
            <GrantedFacts entry={entry} now={now} />
          </Card>
          {entry.kind === 'ssoServer' ? null : <DatabaseAccess entry={entry} />}
        </div>
        <div className={css.column}>
          {entry.kind === 'ssoServer' || entry.kind === 'ssoUser' ? <SsoCard entry={entry} /> : null}
          {entry.kind === 'ssoUser' ? null : <WrittenCard entry={entry} />}
        </div>
      </div>
    </div>
  );
}

function Tags({ entry, own, now }: { entry: CertificateEntry; own: boolean; now: number }) {
  const state = certificateState(entry, now, 0);
  return (
    <>
      {entry.kind === 'ssoServer' ? <Tag>SSO server</Tag> : <Tag>{clearanceLabels[entry.clearance]}</Tag>}
      {entry.kind === 'ssoUser' ? <Tag>SSO user</Tag> : null}
      {own ? <Tag tone="accent">This console</Tag> : null}
      {entry.kind === 'server' ? <Tag>Server</Tag> : null}
      {state === 'valid' ? null : (
        <Tag tone={state === 'expired' || state === 'unreadable' ? 'bad' : 'neutral'}>{stateLabels[state]}</Tag>
      )}
      {isOpenToVersionOne(entry) ? <Tag tone="warn">Version 1</Tag> : null}
      {entry.hasTwoFactor === true ? <Tag title="Requires two-factor authentication">2FA</Tag> : null}
      {entry.thumbprints.length > 1 ? <Tag>{entry.thumbprints.length} certificates</Tag> : null}
    </>
  );
}

function Remarks({ entry, asked, own }: { entry: CertificateEntry; asked: string; own: boolean }) {
  const remarks: { title: string; text: ReactNode }[] = [];
  if (entry.kind === 'server')
    remarks.push({
      title: 'This is the server’s own certificate',
      text: 'It changes only by replacing or renewing it, on the page Server.',
    });
  if (entry.unreadable)
    remarks.push({
      title: 'This entry can’t be read',
      text: 'The server doesn’t know when its certificate begins and ends, so nobody gets in with it. Delete it, and register the certificate again if it is needed.',
    });
  if (own && entry.kind !== 'server')
    remarks.push({
      title: 'This console uses this certificate',
      text: 'What you change here takes effect on its next connection.',
    });
  if (asked.toUpperCase() !== entry.thumbprint.toUpperCase())
    remarks.push({
      title: 'This certificate belongs to a collection',
      text: `${asked.toUpperCase()} is one of the ${entry.thumbprints.length} certificates of “${entry.name}”, which share rights and settings.`,
    });
  if (entry.orphan)
    remarks.push({
      title: 'This certificate belonged to a collection',
      text: 'Its collection doesn’t list it any more, and RavenDB refuses to delete it like this. Edit it and save, changed or not: then it stands by itself.',
    });
  return remarks.map(({ title, text }) => (
    <Notice key={title} title={title}>
      {text}
    </Notice>
  ));
}
