import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { Field, type FieldTexts } from './field.tsx';
import css from './field.module.css';

/** One line of text (or a number); takes every attribute of an input, `ref` included, so that `register()` can be spread on it. */
export function TextField({ label, hint, error, optional, className, ...input }: ComponentProps<'input'> & FieldTexts) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => (
        <input type="text" autoComplete="off" {...input} {...control} className={cx(css.input, className)} />
      )}
    </Field>
  );
}
