import { useId } from 'react';
import type { Choice } from './choice.ts';
import css from './segmented-control.module.css';

/** One of two to four short options in a row; `label` names the group for screen readers (arrows move: native radios). */
export function SegmentedControl<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly (Choice<Value> & { label: string })[];
  value: Value | undefined;
  onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div className={css.segments} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label className={css.segment} key={option.value} title={option.disabledReason}>
          <input
            type="radio"
            className={css.radio}
            name={id}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabledReason !== undefined}
            aria-description={
              option.disabledReason ?? (typeof option.description === 'string' ? option.description : undefined)
            }
            onChange={() => onChange(option.value)}
          />
          <span className={css.label} data-text={option.label}>
            {option.label}
          </span>
        </label>
      ))}
    </div>
  );
}
