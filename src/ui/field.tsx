import { type ReactNode, useId } from 'react';
import css from './field.module.css';
import { Icon } from './icon.tsx';

/** What every field has around its control. */
export interface FieldTexts {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with the value and what to do. */
  error?: ReactNode;
  /** Marks the field as one that may stay empty. */
  optional?: boolean | undefined;
}

/** What the control takes over, so that label, hint and error belong to it. */
export interface FieldControl {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** Label, hint and error around one control; the control is a function of the ids. */
export function Field({
  label,
  hint,
  error,
  optional = false,
  end,
  children,
}: FieldTexts & { end?: ReactNode; children: (control: FieldControl) => ReactNode }) {
  const id = useId();
  const wrong = error != null && error !== '' && error !== false;
  const describedBy = [wrong ? `${id}-error` : '', hint == null ? '' : `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
        {optional ? <span className={css.optional}> optional</span> : null}
      </label>
      <div className={css.control}>
        {children({ id, 'aria-describedby': describedBy || undefined, 'aria-invalid': wrong || undefined })}
        {end == null ? null : <span className={css.end}>{end}</span>}
      </div>
      {wrong ? (
        <span className={css.error} id={`${id}-error`} role="alert">
          <Icon name="error" />
          <span>{error}</span>
        </span>
      ) : null}
      {hint == null ? null : (
        <span className={css.hint} id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}
