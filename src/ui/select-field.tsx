import type { ComponentProps } from 'react';
import { Field, type FieldTexts } from './field.tsx';
import css from './field.module.css';

/** A native select; its options are children. */
export function SelectField({ label, hint, error, optional, ...select }: ComponentProps<'select'> & FieldTexts) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => <select {...select} {...control} className={css.input} />}
    </Field>
  );
}
