import { type ComponentProps, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { Field, type FieldTexts } from './field.tsx';
import css from './field.module.css';
import { IconButton } from './icon-button.tsx';

/**
 * A passphrase that can be revealed. Pasting is allowed and managers are told that it is a new secret unless `autoComplete` says
 * otherwise. Leave it uncontrolled (`ref`, `register()`): React writes controlled values into the `value` attribute.
 */
export function PassphraseField({
  label,
  hint,
  error,
  optional,
  ref,
  ...input
}: Omit<ComponentProps<'input'>, 'type'> & FieldTexts) {
  const [shown, setShown] = useState(false);
  const own = useRef<HTMLInputElement>(null);
  useImperativeHandle<HTMLInputElement | null, HTMLInputElement | null>(ref, () => own.current, []);
  useLayoutEffect(() => {
    const field = own.current;
    return () => {
      // React keeps the last value of an input beside it, and whoever holds the detached element would hold the passphrase.
      if (field !== null) field.value = '';
    };
  }, []);
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      optional={optional}
      end={
        <IconButton
          icon={shown ? 'eye-off' : 'eye'}
          label={shown ? 'Hide passphrase' : 'Show passphrase'}
          onClick={() => setShown(!shown)}
        />
      }
    >
      {(control) => (
        <input
          autoComplete="new-password"
          spellCheck={false}
          autoCapitalize="off"
          {...input}
          {...control}
          ref={own}
          type={shown ? 'text' : 'password'}
          className={css.input}
        />
      )}
    </Field>
  );
}
