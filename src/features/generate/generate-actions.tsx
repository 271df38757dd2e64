import { RavenError, secondFactorUnproven } from '../../api/errors.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import css from './generate.module.css';
import type { Generate, GenerateStep } from './use-generate.ts';

const steps: Readonly<Record<GenerateStep, { label: string; detail: string }>> = {
  server: { label: 'The server makes the key', detail: 'a few seconds' },
  key: { label: 'This browser makes the key', detail: 'step 1 of 3' },
  files: { label: 'The files are written', detail: 'step 2 of 3' },
  register: { label: 'The certificate is registered', detail: 'step 3 of 3' },
};

/** What it means that somebody stopped it. */
const stoppedTexts: Readonly<Record<GenerateStep, string>> = {
  server: 'If the server had begun, a certificate of this name may be in the list. Nobody has its key: delete it.',
  key: 'Nothing was sent.',
  files: 'Nothing was sent.',
  register: 'It may be registered already. Generate again: the same key is used, and you get its files.',
};

/** The buttons, how far it is, and what went wrong. */
export function GenerateActions({
  formId,
  generate,
  atField,
  successor,
}: {
  formId: string;
  generate: Generate;
  /** A field says what was refused; then it needn't be said here again. */
  atField: boolean;
  /** In the place of another certificate, within the page that rotates it. */
  successor: boolean;
}) {
  const { recall } = useNavigation();
  if (generate.state === 'running' || generate.state === 'done')
    return (
      <div className={successor ? css.buttonsBelow : css.buttons}>
        <Progress {...steps[generate.step]} />
        <Button wide={!successor} onClick={generate.stop} data-stop>
          Stop
        </Button>
      </div>
    );
  return (
    <div className={successor ? css.buttonsBelow : css.buttons}>
      {generate.state === 'stopped' ? (
        <Notice tone="warn" title="Stopped">
          {stoppedTexts[generate.step]}
        </Notice>
      ) : null}
      {generate.state === 'failed' ? <Failure error={generate.error} step={generate.step} atField={atField} /> : null}
      <Button variant="primary" type="submit" form={formId} wide={!successor}>
        {successor ? 'Issue and download' : 'Generate and download'}
      </Button>
      {successor ? null : (
        <LinkButton to={recall('/')} wide>
          Cancel
        </LinkButton>
      )}
    </div>
  );
}

function Failure({ error, step, atField }: { error: unknown; step: GenerateStep; atField: boolean }) {
  if (atField)
    return (
      <Notice tone="error" title="RavenDB refused this">
        The field above says what it wants otherwise.
      </Notice>
    );
  if (step === 'key' || step === 'files')
    return (
      <Notice tone="error" title="This browser couldn’t make the key">
        Nothing was sent. {error instanceof Error ? error.message : ''} Choose the other kind of key, or let the server
        make it.
      </Notice>
    );
  const registered = error instanceof RavenError && error.type === secondFactorUnproven;
  // Without an answer nobody knows how far the server came. Why none came is said on top of the page.
  const noAnswer = error instanceof RavenError && (error.status === 0 || error.status >= 502);
  if (noAnswer && step === 'server')
    return (
      <Notice tone="error" title="No answer came: it may have been made or not">
        Look in the list before you try again. If a certificate of this name is there, nobody has its key: delete it.
        What you entered is still here.
      </Notice>
    );
  if (noAnswer)
    return (
      <Notice tone="error" title="No answer came: it may be registered or not">
        Try again: the same key is used, so that it is registered once, and you get its files. Leaving this page loses
        the key.
      </Notice>
    );
  return (
    <FailureNotice error={error}>
      {step === 'register' && !registered ? ' The key that was made waits here for the next try.' : null}
    </FailureNotice>
  );
}
