import type { ReactNode } from 'react';
import { FileDrop } from './file-drop.tsx';
import css from './locked-file-field.module.css';
import { Spinner } from './spinner.tsx';
import { UnlockForm } from './unlock-form.tsx';
import type { LockedFile } from './use-locked-file.ts';

/** Takes a file until it is read: drop area, what is wrong with it, and the passphrase when it asks for one. */
export function LockedFileField<Content>({
  file,
  label,
  hint,
  accept,
}: {
  file: LockedFile<Content>;
  label: string;
  hint?: ReactNode;
  accept?: string | undefined;
}) {
  const { state } = file;
  return (
    <div className={css.field}>
      <FileDrop
        label={label}
        hint={state.step === 'empty' || state.step === 'unreadable' ? hint : undefined}
        accept={accept}
        fileName={state.step === 'empty' ? undefined : state.name}
        error={state.step === 'unreadable' ? state.problem : undefined}
        onFile={file.take}
      />
      {state.step === 'reading' && !state.locked ? (
        <p className={css.reading}>
          <Spinner label="Reading the file" /> Reading the file…
        </p>
      ) : null}
      <UnlockForm file={file} />
    </div>
  );
}
