import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import css from './progress.module.css';

/** Long work with its name; without `value` (0 to `max`) nobody knows how long it takes. */
export function Progress({
  label,
  value,
  max = 1,
  detail,
}: {
  label: string;
  value?: number | undefined;
  max?: number;
  /** At the right: "12 of 40". */
  detail?: ReactNode;
}) {
  return (
    <div className={css.progress}>
      <div className={css.line}>
        <span>{label}</span>
        <span>{detail}</span>
      </div>
      <div
        className={css.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={value === undefined ? undefined : max}
        aria-valuenow={value}
      >
        <div
          className={cx(css.bar, value === undefined && css.unknown)}
          style={value === undefined ? undefined : { width: `${(100 * value) / max}%` }}
        />
      </div>
    </div>
  );
}
