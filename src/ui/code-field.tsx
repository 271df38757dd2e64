import css from './code-field.module.css';
import { Field, type FieldTexts } from './field.tsx';

const digits = 6;

/**
 * The six digits of an authentication code in one input, so that pasting, filling in from a message (`one-time-code`) and editing
 * work as in any other. Blanks and dashes of a pasted code are dropped. `onComplete` gets the code when the sixth digit is in.
 */
export function CodeField({
  value,
  onChange,
  onComplete,
  autoFocus = false,
  ...texts
}: FieldTexts & {
  value: string;
  onChange: (code: string) => void;
  onComplete?: ((code: string) => void) | undefined;
  autoFocus?: boolean;
}) {
  return (
    <Field {...texts}>
      {(control) => (
        <span className={css.frame}>
          <input
            {...control}
            className={css.code}
            type="text"
            inputMode="numeric"
            autoComplete="one-time-code"
            spellCheck={false}
            data-autofocus={autoFocus ? '' : undefined}
            autoFocus={autoFocus}
            value={value}
            onChange={(event) => {
              const code = event.target.value.replace(/\D/g, '').slice(0, digits);
              onChange(code);
              if (code.length === digits && code !== value) onComplete?.(code);
            }}
          />
          <span className={css.boxes} aria-hidden="true">
            {Array.from({ length: digits }, (_, index) => (
              <i key={index} />
            ))}
          </span>
        </span>
      )}
    </Field>
  );
}
