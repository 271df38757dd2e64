import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Certificate } from '../../api/types.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { rightsChanges, rightsProblem, rightsText, successorsOf } from '../../domain/rotation.ts';
import { dateText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { namesakesQuery } from '../../queries/namesakes.ts';
import { Button } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from './rotate.module.css';

/** The new certificate: how to get it, or what it is. */
export function IssueStep({
  old,
  next,
  pending,
  refusal,
  issue,
  onChosen,
  now,
}: {
  old: CertificateEntry | null;
  /** Null: not issued yet. */
  next: Certificate | null;
  /** One is named, and is being read. */
  pending: boolean;
  /** Why this person may not issue it. */
  refusal: string | undefined;
  /** The form that issues it. */
  issue: (old: CertificateEntry) => ReactNode;
  onChosen: (thumbprint: string) => void;
  now: number;
}) {
  if (next !== null) return <Issued old={old} next={next} />;
  if (pending) return <Skeleton width="60%" />;
  if (old === null) return null;
  const problem = refusal ?? rightsProblem(old);
  return (
    <>
      <p className={css.text}>
        It gets the name and the rights of the old one: {rightsText(old)}.
        {old.thumbprints.length > 1
          ? ` One certificate takes the place of all ${String(old.thumbprints.length)} of the collection.`
          : ''}
        {old.hasTwoFactor === true
          ? ' The old one asks for a second factor. RavenDB never gives its key back, so the new one gets a key of its own.'
          : ''}
      </p>
      {problem === null ? (
        <>
          <Candidates old={old} now={now} onChosen={onChosen} />
          {issue(old)}
        </>
      ) : (
        <Notice
          tone="warn"
          title="It can’t be issued here"
          actions={
            refusal === undefined ? (
              <LinkButton size="small" to={`/generate?from=${encodeURIComponent(old.thumbprint)}`}>
                Choose others
              </LinkButton>
            ) : undefined
          }
        >
          {problem}
        </Notice>
      )}
    </>
  );
}

/** What may have been issued before, by somebody who left or in another browser. */
function Candidates({
  old,
  now,
  onChosen,
}: {
  old: CertificateEntry;
  now: number;
  onChosen: (thumbprint: string) => void;
}) {
  const { data = [] } = useQuery(namesakesQuery(useApi(), old.name));
  return successorsOf(old, data, now)
    .slice(0, 3)
    .map(({ thumbprint, notAfter }) => (
      <Notice
        key={thumbprint}
        title="One with this name and these rights is there already"
        actions={
          <Button size="small" onClick={() => onChosen(thumbprint)}>
            Go on with this one
          </Button>
        }
      >
        <Link to={`/certificates/${thumbprint}`} className={css.mono}>
          {thumbprint.slice(0, 10)}…
        </Link>{' '}
        {notAfter === null ? '' : `ends ${dateText(notAfter)}. `}Was it issued in the place of the old one?
      </Notice>
    ));
}

function Issued({ old, next }: { old: CertificateEntry | null; next: Certificate }) {
  const changes = old === null ? [] : rightsChanges(old, next);
  return (
    <>
      <p className={css.row}>
        <Link to={`/certificates/${next.thumbprint}`}>
          <bdi>{next.name}</bdi>
        </Link>
        <span className={css.mono} title={next.thumbprint}>
          {next.thumbprint.slice(0, 10)}…
        </span>
        <span className={css.text}>
          {changes.length === 0 && old !== null ? 'same rights, ' : ''}
          {next.notAfter === null ? '' : `ends ${dateText(next.notAfter)}`}
        </span>
      </p>
      {next.disabled ? (
        <Notice tone="warn" title="The new one is disabled">
          Enable it before the old one goes: nobody gets in with it.
        </Notice>
      ) : null}
      {changes.length === 0 ? null : (
        <Notice
          tone="warn"
          title="Its rights aren’t those of the old one"
          actions={
            <LinkButton size="small" to={`/certificates/${next.thumbprint}/edit`}>
              Edit
            </LinkButton>
          }
        >
          {changes.map(({ what, from, to }) => `${what}: ${from} → ${to}`).join('; ')}
        </Notice>
      )}
    </>
  );
}
