import type { ComponentProps } from 'react';
import { Field, type FieldTexts } from './field.tsx';
import css from './field.module.css';

/** Several lines in a fixed-width face, for pasted PEM and the like. */
export function TextAreaField({ label, hint, error, optional, ...area }: ComponentProps<'textarea'> & FieldTexts) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => <textarea rows={6} spellCheck={false} {...area} {...control} className={css.input} />}
    </Field>
  );
}
