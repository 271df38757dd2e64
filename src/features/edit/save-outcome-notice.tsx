import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { explainError } from '../../domain/explain-error.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Link } from '../../ui/link.tsx';
import { Notice } from '../../ui/notice.tsx';
import css from './edit.module.css';
import type { Save } from './use-save.ts';

/** What came of a save, where there is something to be read or done. */
export function SaveOutcomeNotice({ entry, save }: { entry: CertificateEntry; save: Save }) {
  const { unfinished, remarks, error } = save;
  if (error !== null) return <FailureNotice what="Not saved" error={error} />;
  if (unfinished !== null) {
    const { title, detail } = explainError(unfinished.error);
    return (
      <Notice
        tone="error"
        title="Saved, but not for the whole collection"
        actions={
          <Button pending={save.pending} onClick={save.finish}>
            Go on with the rest
          </Button>
        }
      >
        {title}. {detail} Still as they were:
        <Thumbprints of={unfinished.left.map(({ thumbprint }) => thumbprint)} />
      </Notice>
    );
  }
  if (remarks === null) return null;
  const done = <LinkButton to={`/certificates/${entry.thumbprint}`}>Show the certificate</LinkButton>;
  if (remarks.otherwise.length > 0)
    return (
      <Notice
        tone="warn"
        title={
          remarks.otherwise.some(({ key }) => key === 'twoFactor')
            ? 'Saved, but the second factor isn’t confirmed'
            : 'Saved, and somebody else saved at the same moment'
        }
        actions={done}
      >
        The server has, other than you entered:
        <ul className={css.plain}>
          {remarks.otherwise.map(({ key, what, to }) => (
            <li key={key}>
              {what}: {to}
            </li>
          ))}
        </ul>
      </Notice>
    );
  return (
    <Notice tone="warn" title="Saved, and the collection has come apart" actions={done}>
      This server cuts a collection when it is edited. Its certificates now stand in the list one by one, all with the
      settings that you saved; the next edit or delete of one leaves the others as they are. Uploading the set again
      makes a collection of them.
      <Thumbprints of={[entry.thumbprint, ...remarks.apart.map(({ thumbprint }) => thumbprint)]} />
    </Notice>
  );
}

function Thumbprints({ of }: { of: readonly string[] }) {
  return (
    <ul className={css.plain}>
      {of.map((thumbprint) => (
        <li key={thumbprint}>
          <Link to={`/certificates/${thumbprint}`} className={css.thumbprint}>
            {thumbprint}
          </Link>
        </li>
      ))}
    </ul>
  );
}
