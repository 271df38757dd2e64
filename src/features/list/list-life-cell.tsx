import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { daysLeft, lifeLeft } from '../../domain/certificate-state.ts';
import { dateTimeText, daysLeftText } from '../../domain/time-text.ts';
import { cx } from '../../ui/cx.ts';
import css from './list-row.module.css';
import { expiringDays } from './list-views.ts';

/** Days left before the date: the day and time are its tooltip, the bar is the share of its life that is left. */
export function ListLifeCell({ entry, now }: { entry: CertificateEntry; now: number }) {
  const left = daysLeft(entry, now);
  if (left === null || entry.notAfter === null)
    return (
      <div
        role="gridcell"
        className={cx(css.cell, css.life, css.small, !entry.unreadable && css.muted)}
        data-tone={entry.unreadable ? 'bad' : undefined}
      >
        {entry.unreadable ? 'Unreadable' : 'No end'}
      </div>
    );
  const tone = entry.disabled ? undefined : left < 0 ? 'bad' : left < expiringDays ? 'warn' : undefined;
  const share = lifeLeft(entry, now);
  return (
    <div
      role="gridcell"
      className={cx(css.cell, css.life, css.small)}
      data-tone={tone}
      title={dateTimeText(entry.notAfter)}
    >
      <time dateTime={new Date(entry.notAfter).toISOString()}>{daysLeftText(left)}</time>
      {share === null || left < 0 ? null : (
        <span className={css.bar} aria-hidden="true">
          <i style={{ width: `${String(Math.max(3, Math.round(share * 100)))}%` }} />
        </span>
      )}
    </div>
  );
}
