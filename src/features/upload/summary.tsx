import { clearanceLabels, reachesAllDatabases } from '../../domain/clearance.ts';
import { accessLabels } from '../../domain/database-access.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Fact } from '../../ui/fact.tsx';
import { Facts } from '../../ui/facts.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import css from './upload.module.css';
import type { UploadForm } from './upload-form.ts';

/** More databases than this are counted, not listed. */
const listed = 8;

/** What is going to be registered, in plain words, and the button that does it. */
export function Summary({
  form,
  count,
  replaces,
  failure,
  missing,
  sending,
  formId,
}: {
  form: UploadForm;
  /** Certificates that will be registered. */
  count: number;
  replaces: boolean;
  failure: unknown;
  /** Why it can't be sent yet. */
  missing: string | undefined;
  sending: boolean;
  /** The form that the button sends. */
  formId: string;
}) {
  const everything = reachesAllDatabases(form.clearance);
  return (
    <Card className={css.aside} aria-label="What will be registered">
      <h2>What will be registered</h2>
      <Facts>
        <Fact term="Entry">{form.name.trim() || <span className={css.faint}>no name yet</span>}</Fact>
        <Fact term="Holds">{count === 1 ? 'one certificate' : `${count} certificates`}</Fact>
        <Fact term="Clearance">{clearanceLabels[form.clearance]}</Fact>
        <Fact term="Databases">
          {everything ? (
            'all, as admin'
          ) : form.grants.length === 0 ? (
            <span className={css.faint}>none: it can’t open any</span>
          ) : form.grants.length > listed ? (
            `${form.grants.length} databases`
          ) : (
            <ul>
              {form.grants.map(({ item, level }) => (
                <li key={item}>
                  {item} <span className={css.faint}>{accessLabels[level].toLowerCase()}</span>
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact term="Second factor">
          {form.twoFactor ? 'asked when it connects' : <span className={css.faint}>not asked</span>}
        </Fact>
      </Facts>
      <p className={css.small}>
        Settings are kept by RavenDB, not written into the certificate: you can change them later without a new one.
      </p>
      <Failure failure={failure} />
      <div className={css.buttons}>
        <Button variant="primary" type="submit" form={formId} wide pending={sending} disabledReason={missing}>
          {replaces ? 'Upload and replace' : 'Upload'}
        </Button>
        {missing === undefined ? null : (
          // The button's own reason is said to screen readers already.
          <p className={css.small} aria-hidden="true">
            {missing}
          </p>
        )}
        <LinkButton to="/" wide>
          Cancel
        </LinkButton>
      </div>
    </Card>
  );
}

function Failure({ failure }: { failure: unknown }) {
  if (failure === null) return null;
  if (failure instanceof Error && failure.name === 'RegisteredMeanwhile')
    return <Notice tone="error" title={failure.message} />;
  return <FailureNotice error={failure} />;
}
