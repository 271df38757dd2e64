import { type ComponentProps, useState } from 'react';
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
  ...input
}: Omit<ComponentProps<'input'>, 'type'> & FieldTexts) {
  const [shown, setShown] = useState(false);
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
          type={shown ? 'text' : 'password'}
          className={css.input}
        />
      )}
    </Field>
  );
}
