import { day } from '../../domain/certificate-state.ts';
import { endText, isoDate } from '../../domain/time-text.ts';
import { Field } from '../../ui/field.tsx';
import fieldCss from '../../ui/field.module.css';
import { type ExpiryForm, type ExpiryUnit, expiryEnd, expiryUnits } from './expiry.ts';
import css from './generate.module.css';

const unitLabels: Readonly<Record<ExpiryUnit, string>> = {
  days: 'days',
  months: 'months',
  years: 'years',
  date: 'on a day',
};

const longDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** A span or a last day, and the day that comes of it. */
export function ExpiryField({
  value,
  error,
  now,
  onChange,
}: {
  value: ExpiryForm;
  error: string | undefined;
  /** Milliseconds UTC. */
  now: number;
  onChange: (value: ExpiryForm) => void;
}) {
  const end = expiryEnd(value, now);
  const onDay = value.unit === 'date';
  const choose = (unit: ExpiryUnit) =>
    // The day that the span led to is a good one to begin with.
    onChange({ ...value, unit, date: unit === 'date' && typeof end === 'number' ? isoDate(end) : value.date });
  return (
    <Field
      label={onDay ? 'Expires' : 'Expires in'}
      error={error}
      hint={
        typeof end === 'string'
          ? 'A whole number, or a day.'
          : onDay
            ? `At the end of that day (UTC): ${endText(Math.floor((end - now) / day))}.`
            : `At the end of ${longDate.format(end)} (UTC).`
      }
    >
      {(control) => (
        <span className={css.expiry}>
          {onDay ? null : (
            <input
              {...control}
              className={fieldCss.input}
              type="text"
              inputMode="numeric"
              autoComplete="off"
              value={value.amount}
              onChange={(event) => onChange({ ...value, amount: event.target.value })}
            />
          )}
          <select
            className={fieldCss.input}
            aria-label="Unit of the expiry"
            value={value.unit}
            onChange={(event) => {
              const unit = expiryUnits.find((known) => known === event.target.value);
              if (unit !== undefined) choose(unit);
            }}
          >
            {expiryUnits.map((unit) => (
              <option key={unit} value={unit}>
                {unitLabels[unit]}
              </option>
            ))}
          </select>
          {onDay ? (
            <input
              {...control}
              className={fieldCss.input}
              type="date"
              min={isoDate(now)}
              max="9999-12-31"
              value={value.date}
              onChange={(event) => onChange({ ...value, date: event.target.value })}
            />
          ) : null}
        </span>
      )}
    </Field>
  );
}
