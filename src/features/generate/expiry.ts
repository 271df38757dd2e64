import { day } from '../../domain/certificate-state.ts';
import { startOfDay } from '../../domain/time-text.ts';

export const expiryUnits = ['days', 'months', 'years', 'date'] as const;
/** `date`: not a span but the last day itself. */
export type ExpiryUnit = (typeof expiryUnits)[number];

/** As the form holds it: both texts stay while the unit changes. */
export interface ExpiryForm {
  readonly unit: ExpiryUnit;
  /** A whole number from 1. */
  readonly amount: string;
  /** `2031-11-21`, a day in UTC. */
  readonly date: string;
}

export const defaultExpiry: ExpiryForm = { unit: 'years', amount: '5', date: '' };

const lastDay = Date.UTC(9999, 11, 31);

/** The same day some months later; the month's last where it has no such day (31 January + 1 month is 28 or 29 February). */
function addMonths(time: number, months: number): number {
  const from = new Date(time);
  const month = from.getUTCMonth() + months;
  const daysInMonth = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(from.getUTCFullYear(), month, Math.min(from.getUTCDate(), daysInMonth));
}

function lastDayOf({ unit, amount, date }: ExpiryForm, today: number): number | string {
  if (unit === 'date') {
    const time = /^\d{4,}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
    return Number.isNaN(time) ? 'Choose the day on which the certificate ends.' : time;
  }
  const count = /^\s*\d{1,6}\s*$/.test(amount) ? Number(amount) : 0;
  if (count < 1) return `Enter a whole number of ${unit}, from 1.`;
  if (unit === 'days') return today + count * day;
  return addMonths(today, unit === 'months' ? count : count * 12);
}

/**
 * When the certificate ends: with the last second of a day in UTC, so that a span is never shorter than asked.
 * @param now milliseconds UTC
 * @returns milliseconds UTC, or what is wrong in one sentence. RavenDB refuses an end before today (contract §7.8).
 */
export function expiryEnd(form: ExpiryForm, now: number): number | string {
  const today = startOfDay(now);
  const end = lastDayOf(form, today);
  if (typeof end === 'string') return end;
  if (end < today) return 'This day has passed.';
  if (Number.isNaN(end) || end > lastDay) return 'The year 9999 is the last that a certificate can hold.';
  return end + day - 1_000;
}

/**
 * The span of an existing certificate in the form's terms, for one that shall last as long. RavenDB starts the certificates that it
 * makes 7 days in the past (contract §7.2); a day more or less makes no different span.
 */
export function expiryLike(notBefore: number | null, notAfter: number | null): ExpiryForm {
  if (notBefore === null || notAfter === null || notAfter <= notBefore) return defaultExpiry;
  const first = startOfDay(notBefore);
  for (const start of [first + 7 * day, first])
    for (const near of [0, -1, 1]) {
      const last = startOfDay(notAfter) + near * day;
      const [from, to] = [new Date(start), new Date(last)];
      const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
      if (months < 1 || addMonths(start, months) !== last) continue;
      const whole = months % 12 === 0;
      return { unit: whole ? 'years' : 'months', amount: String(whole ? months / 12 : months), date: '' };
    }
  return { unit: 'days', amount: String(Math.max(1, Math.round((notAfter - notBefore) / day))), date: '' };
}
