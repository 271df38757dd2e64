import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { TwoFactorConfiguration } from '../../api/two-factor.ts';
import { dateTimeText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { openTwoFactorSessionMutation } from '../../queries/two-factor.ts';
import { Button } from '../../ui/button.tsx';
import { CodeField } from '../../ui/code-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { clockHint, type CodeProblem, codeProblem } from './code-problem.ts';
import { SessionFields } from './session-fields.tsx';
import { lengthProblem } from './session-length.ts';
import css from './two-factor-page.module.css';

const complete = /^\d{6}$/;

/** The code, and how long and for whom it opens the server. It is sent with the sixth digit. */
export function CodeForm({
  certificateName,
  host,
  configuration,
  otherSessionEnd,
  onDone,
}: {
  /** Empty when unknown. */
  certificateName: string;
  host: string;
  configuration: TwoFactorConfiguration;
  /** ms UTC: another client of this certificate has a session, which ours will end. */
  otherSessionEnd: number | null;
  onDone: () => void;
}) {
  const api = useApi();
  const [code, setCode] = useState('');
  const [minutes, setMinutes] = useState(String(configuration.defaultSessionDuration));
  const [everyClient, setEveryClient] = useState(false);
  const [wrong, setWrong] = useState(0);
  const [problem, setProblem] = useState<CodeProblem>();
  const [incomplete, setIncomplete] = useState(false);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const open = useMutation({
    ...openTwoFactorSessionMutation(api),
    onSuccess: onDone,
    onError: (error) => {
      const now = codeProblem(error, wrong);
      setProblem(now);
      // A code that was refused is of no use; one that never arrived still is.
      if (now.about !== 'code') return;
      setWrong((before) => before + 1);
      setCode('');
    },
  });
  useEffect(() => {
    if (problem?.about === 'code') focusCode(form.current);
  }, [problem]);
  const durationProblem = lengthProblem(minutes, configuration.maxSessionDuration);
  const send = (full: string) => {
    if (open.isPending) return;
    setTried(true);
    setIncomplete(!complete.test(full));
    if (!complete.test(full)) focusCode(form.current);
    else if (durationProblem === null)
      open.mutate({ code: full, duration: Number(minutes), thisBrowserOnly: !everyClient });
  };
  const error = incomplete ? 'The code has six digits.' : problem?.about === 'code' ? problem.text : undefined;
  return (
    <form
      ref={form}
      className={css.form}
      noValidate
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        send(code);
      }}
    >
      <p className={css.lead}>
        {certificateName === '' ? (
          'This console’s certificate'
        ) : (
          <>
            The certificate <b>{certificateName}</b>
          </>
        )}{' '}
        needs a second factor on <b>{host}</b>: the six digits that your authenticator app shows for it.
      </p>
      <CodeField
        label="Authentication code"
        hint="Sent as soon as it has six digits."
        error={error}
        value={code}
        onChange={(next) => {
          setCode(next);
          setIncomplete(false);
        }}
        onComplete={send}
        autoFocus
      />
      {wrong === 0 ? null : (
        <Notice title="When codes aren’t accepted">
          <ul className={css.hints}>
            <li>{clockHint(configuration.clockAhead)}</li>
            <li>
              Take the entry for {certificateName === '' ? 'this certificate' : `“${certificateName}”`}: an app may hold
              several.
            </li>
            <li>The key may have been replaced: a cluster admin can set a new one by editing the certificate.</li>
          </ul>
        </Notice>
      )}
      <SessionFields
        configuration={configuration}
        minutes={minutes}
        onMinutes={setMinutes}
        problem={tried || minutes !== '' ? durationProblem : null}
        everyClient={everyClient}
        onEveryClient={setEveryClient}
        gateway={api.baseUrl.endsWith('/raven')}
      />
      {otherSessionEnd === null ? null : (
        <Notice title="Another client of this certificate has a session">
          Until {dateTimeText(otherSessionEnd)}. It isn’t this console’s, and opening one here ends it.
        </Notice>
      )}
      {problem?.about === 'rest' ? (
        <Notice tone="error" title={problem.title}>
          {problem.next}
        </Notice>
      ) : null}
      <Button type="submit" variant="primary" wide pending={open.isPending || open.isSuccess}>
        Continue
      </Button>
    </form>
  );
}

const focusCode = (form: HTMLFormElement | null): void =>
  form?.querySelector<HTMLInputElement>('[autocomplete="one-time-code"]')?.focus();
