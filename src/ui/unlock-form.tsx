import { type SubmitEvent, useEffect, useRef } from 'react';
import { Button } from './button.tsx';
import css from './locked-file-field.module.css';
import { PassphraseField } from './passphrase-field.tsx';
import { Progress } from './progress.tsx';
import type { LockedFile } from './use-locked-file.ts';

/** Asks for the passphrase of a file that is locked; nothing otherwise. Has the focus when it appears. */
export function UnlockForm<Content>({ file: { state, unlock } }: { file: LockedFile<Content> }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (state.step !== 'locked') return;
    input.current?.focus();
    if (state.wrong) input.current?.select();
  }, [state]);
  if (state.step !== 'locked' && !(state.step === 'reading' && state.locked)) return null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (state.step === 'locked') unlock(input.current?.value ?? '');
  };
  const done = state.step === 'reading' ? state.done : undefined;
  return (
    <form className={css.lock} onSubmit={submit} noValidate>
      <PassphraseField
        ref={input}
        label="Passphrase of the file"
        autoComplete="off"
        hint="It opens the file here, in this browser. Leave it empty when the file has none."
        error={
          state.step === 'locked' && state.wrong ? 'This passphrase doesn’t open the file. Try another one.' : undefined
        }
      />
      <Button type="submit" pending={state.step === 'reading'}>
        Open the file
      </Button>
      {done === undefined ? null : (
        <div className={css.opening}>
          <Progress label="Opening the file" value={done} detail={`${Math.round(done * 100)} %`} />
        </div>
      )}
    </form>
  );
}
