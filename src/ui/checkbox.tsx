import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react';
import css from './checkbox.module.css';

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'disabled' | 'ref'> {
  label: ReactNode;
  hint?: ReactNode;
  /** Why it can't be changed now: said as its hint. */
  disabledReason?: string | undefined;
  indeterminate?: boolean | undefined;
  /** Draws a switch: for what takes effect as a setting rather than a selection. */
  look?: 'box' | 'switch' | undefined;
  ref?: ((element: HTMLInputElement | null) => void) | undefined;
}

/** A checkbox with its label and hint; `look="switch"` makes it a switch. */
export function Checkbox({
  label,
  hint,
  disabledReason,
  indeterminate = false,
  look = 'box',
  ref,
  ...input
}: CheckboxProps) {
  const id = useId();
  const own = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (own.current !== null) own.current.indeterminate = indeterminate;
  }, [indeterminate]);
  const shownHint = disabledReason ?? hint;
  return (
    <label className={css.row}>
      <input
        {...input}
        ref={(element) => {
          own.current = element;
          ref?.(element);
        }}
        type="checkbox"
        role={look === 'switch' ? 'switch' : undefined}
        className={look === 'switch' ? css.switch : css.box}
        aria-labelledby={`${id}-label`}
        aria-describedby={shownHint == null ? undefined : `${id}-hint`}
        aria-disabled={disabledReason === undefined ? undefined : true}
        onClick={(event) => {
          if (disabledReason === undefined) input.onClick?.(event);
          else event.preventDefault();
        }}
      />
      <span id={`${id}-label`} className={css.text}>
        {label}
      </span>
      {shownHint == null ? null : (
        <span id={`${id}-hint`} className={css.hint}>
          {shownHint}
        </span>
      )}
    </label>
  );
}
