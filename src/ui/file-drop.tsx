import { type ReactNode, useId, useState } from 'react';
import { cx } from './cx.ts';
import fieldCss from './field.module.css';
import css from './file-drop.module.css';
import { Icon } from './icon.tsx';

/** Takes one file, by dropping, by clicking or by keyboard: the native input covers the whole area and has the focus. */
export function FileDrop({
  label,
  hint,
  error,
  accept,
  fileName,
  onFile,
}: {
  label: string;
  hint?: ReactNode;
  error?: ReactNode;
  /** As the input's attribute: `.pfx,.p12,.pem`. */
  accept?: string | undefined;
  /** The file taken last, shown in the place of the label. */
  fileName?: string | undefined;
  onFile: (file: File) => void;
}) {
  const id = useId();
  const [over, setOver] = useState(false);
  const wrong = error != null && error !== '';
  return (
    <div className={fieldCss.field}>
      <div
        className={cx(css.drop, over && css.over)}
        onDragOver={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={() => setOver(false)}
      >
        <Icon name={fileName === undefined ? 'upload' : 'file'} size={20} />
        <span className={css.title}>{fileName ?? label}</span>
        {hint == null ? null : (
          <span className={css.hint} id={`${id}-hint`}>
            {hint}
          </span>
        )}
        <input
          type="file"
          className={css.input}
          accept={accept}
          aria-label={label}
          aria-invalid={wrong || undefined}
          aria-describedby={[wrong ? `${id}-error` : '', hint == null ? '' : `${id}-hint`].filter(Boolean).join(' ')}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) onFile(file);
            // The same file, taken again after a change, must count as a change.
            event.target.value = '';
          }}
        />
      </div>
      {wrong ? (
        <span className={fieldCss.error} id={`${id}-error`} role="alert">
          <Icon name="error" />
          <span>{error}</span>
        </span>
      ) : null}
    </div>
  );
}
