import { day } from './certificate-state.ts';

const plural = (count: number, unit: string): string =>
  `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;

const years = (days: number): string => `${(days / 365.25).toLocaleString('en', { maximumFractionDigits: 1 })} years`;

/** `daysLeft` in words: `today`, `in 9 days`-like without the `in`: `9 days`, `2.4 years`, `12 days ago`. */
export function daysLeftText(days: number): string {
  if (days < 0) return days > -731 ? `${plural(-days, 'day')} ago` : `${years(-days)} ago`;
  if (days === 0) return 'today';
  return days < 731 ? plural(days, 'day') : years(days);
}

/** A past moment from now: `now`, `4 min ago`, `3 h ago`, `6 days ago`. Differences of clocks count as `now`. */
export function agoText(time: number, now: number): string {
  const minutes = Math.floor((now - time) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${String(minutes)} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${String(hours)} h ago`;
  return daysLeftText(-Math.floor(hours / 24));
}

/** The calendar day in UTC, `2031-11-21`. */
export const dateText = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Day and time in UTC, `2031-11-21 00:00:00 UTC`. */
export const dateTimeText = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** Midnight UTC of the day that `time` lies in. */
export const startOfDay = (time: number): number => Math.floor(time / day) * day;
