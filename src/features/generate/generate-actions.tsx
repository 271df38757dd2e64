import { RavenError } from '../../api/errors.ts';
import { explainError } from '../../domain/explain-error.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import css from './generate.module.css';
import type { Generate } from './use-generate.ts';

/** The buttons, how far it is, and what went wrong. */
export function GenerateActions({
  formId,
  generate,
  atField,
}: {
  formId: string;
  generate: Generate;
  /** A field says what was refused; then it needn't be said here again. */
  atField: boolean;
}) {
  const { recall } = useNavigation();
  if (generate.state === 'running' || generate.state === 'done')
    return (
      <div className={css.buttons}>
        <Progress label="The server makes the key" detail="a few seconds" />
        <Button wide onClick={generate.stop} data-stop>
          Stop
        </Button>
      </div>
    );
  return (
    <div className={css.buttons}>
      {generate.state === 'stopped' ? (
        <Notice tone="warn" title="Stopped">
          If the server had begun, a certificate of this name may be in the list. Nobody has its key: delete it.
        </Notice>
      ) : null}
      {generate.state === 'failed' ? <Failure error={generate.error} atField={atField} /> : null}
      <Button variant="primary" type="submit" form={formId} wide>
        Generate and download
      </Button>
      <LinkButton to={recall('/')} wide>
        Cancel
      </LinkButton>
    </div>
  );
}

function Failure({ error, atField }: { error: unknown; atField: boolean }) {
  if (atField)
    return (
      <Notice tone="error" title="RavenDB refused this">
        The field above says what it wants otherwise.
      </Notice>
    );
  // Without an answer nobody knows how far the server came. Why none came is said on top of the page.
  if (error instanceof RavenError && (error.status === 0 || error.status >= 502))
    return (
      <Notice tone="error" title="No answer came: it may have been made or not">
        Look in the list before you try again. If a certificate of this name is there, nobody has its key: delete it.
        What you entered is still here.
      </Notice>
    );
  const { title, detail, advice } = explainError(error);
  return (
    <Notice tone="error" title={title}>
      {detail} {advice}
    </Notice>
  );
}
