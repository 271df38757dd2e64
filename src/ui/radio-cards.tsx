import { type ReactNode, useId } from 'react';
import type { Choice } from './choice.ts';
import fieldCss from './field.module.css';
import css from './radio-cards.module.css';

/** One of a few, each with a line that says what it means; arrows move between them (native radios). */
export function RadioCards<Value extends string>({
  legend,
  hint,
  error,
  options,
  value,
  onChange,
}: {
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  options: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <fieldset className={css.group} aria-describedby={hint == null ? undefined : `${id}-hint`}>
      <legend className={css.legend}>{legend}</legend>
      <div className={css.cards}>
        {options.map((option) => (
          <label className={css.card} key={option.value}>
            <input
              type="radio"
              className={css.radio}
              name={id}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabledReason !== undefined}
              aria-labelledby={`${id}-${option.value}`}
              aria-describedby={`${id}-${option.value}-text`}
              onChange={() => onChange(option.value)}
            />
            <span id={`${id}-${option.value}`}>{option.label}</span>
            <small id={`${id}-${option.value}-text`}>{option.disabledReason ?? option.description}</small>
          </label>
        ))}
      </div>
      {error == null ? null : (
        <span className={fieldCss.error} role="alert">
          {error}
        </span>
      )}
      {hint == null ? null : (
        <span className={fieldCss.hint} id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </fieldset>
  );
}
