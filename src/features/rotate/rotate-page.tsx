import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { successorIn } from '../../domain/rotation.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { editableQuery } from '../../queries/editable.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { RotateSteps } from './rotate-steps.tsx';
import css from './rotate.module.css';

/**
 * From an old certificate to a new one with the same rights, step by step. It can be left at any time: the address names both
 * certificates, and how far they are the server tells.
 * @param search the URL's query: `?to=` and the thumbprint of the new certificate, once there is one
 * @param issue the form that issues it
 */
export function RotatePage({
  thumbprint,
  search,
  issue,
}: {
  thumbprint: string;
  search: string;
  issue: (old: CertificateEntry, onIssued: (thumbprint: string | null) => void) => ReactNode;
}) {
  const api = useApi();
  const to = successorIn(search);
  const old = useQuery(editableQuery(api, thumbprint));
  const next = useQuery({ ...editableQuery(api, to ?? ''), enabled: to !== null });
  const [seen, setSeen] = useState<CertificateEntry>();
  if (seen === undefined && old.data != null) setSeen(old.data.entry);
  const path = `/certificates/${encodeURIComponent(thumbprint)}`;
  const entry = old.data?.entry ?? null;
  // The one that is left when the other is deleted.
  const name = entry?.name ?? seen?.name ?? next.data?.entry.name ?? 'a certificate';
  // What is shown stays when a later look fails: a key that waits to be registered would go with it.
  const error = old.data === undefined ? old.error : to !== null && next.data === undefined ? next.error : null;
  const pending = to !== null && next.data === undefined && next.error === null;
  const loading = old.data === undefined || (entry === null && pending);
  const self = to !== null && entry?.thumbprints.includes(to) === true;
  const successor = to === null || self ? null : (next.data?.entry ?? null);
  return (
    <div className={css.page}>
      <PageHeader
        title={`Rotate “${name}”`}
        back={entry === null ? { to: '/', label: 'Certificates' } : { to: path, label: entry.name }}
      >
        A new certificate with the same rights takes the place of the old one, without a moment in which nobody gets in.
      </PageHeader>
      {loading || error !== null ? (
        error === null ? (
          <div aria-busy="true">
            <Skeleton width="40%" />
            <Skeleton width="70%" />
          </div>
        ) : (
          <FailureNotice
            error={error}
            actions={
              <Button
                size="small"
                onClick={() => void Promise.all([old.refetch(), to === null ? null : next.refetch()])}
              >
                Try again
              </Button>
            }
          />
        )
      ) : entry === null && successor === null ? (
        <Notice
          tone="warn"
          title="No certificate with this thumbprint is registered"
          actions={<LinkButton to="/">All certificates</LinkButton>}
        >
          It may have been deleted meanwhile, by this rotation or otherwise.
        </Notice>
      ) : (
        <>
          {to !== null && successor === null && !pending ? (
            <Notice tone="warn" title="The new certificate isn’t registered any more">
              It may have been deleted meanwhile. Issue another one.
            </Notice>
          ) : null}
          {entry === null && successor !== null ? (
            <Notice
              tone="success"
              title={`“${name}” is rotated`}
              actions={
                <LinkButton size="small" to={`/certificates/${successor.thumbprint}`}>
                  Open it
                </LinkButton>
              }
            >
              The old certificate is gone, the new one has taken its place.
            </Notice>
          ) : null}
          <RotateSteps path={path} old={entry} next={successor} pending={pending} issue={issue} />
        </>
      )}
    </div>
  );
}
