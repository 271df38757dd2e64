import { day } from './certificate-state.ts';

interface Texts {
  readonly number: () => Intl.NumberFormat;
  readonly tenths: () => Intl.NumberFormat;
  /** Absent: ISO. */
  readonly date?: Intl.DateTimeFormat;
  readonly dateTime?: Intl.DateTimeFormat;
}

/** Made when it is first needed: the browser reads its tables for each, which takes longer than drawing ten rows. */
function late<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

const makeTexts = (locale: string): Texts => ({
  number: late(() => new Intl.NumberFormat(locale)),
  tenths: late(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })),
});

let texts = makeTexts('en');
let known: string | undefined;

/**
 * Dates and numbers as people write them there; one setting for all of a page (or process).
 * @param locale BCP 47 tag; left out: ISO dates and English numbers
 * @throws RangeError for what is no tag
 */
export function setLocale(locale: string | undefined): void {
  if (locale === known) return;
  texts =
    locale === undefined
      ? makeTexts('en')
      : {
          ...makeTexts(locale),
          date: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
          dateTime: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' }),
        };
  known = locale;
}

/** `1,234`, or as the locale writes it. */
export const numberText = (count: number): string =>
  known === undefined && count >= 0 && count < 1_000 ? String(count) : texts.number().format(count);

/** `1 day`, `1,234 days`. */
export const plural = (count: number, unit: string): string => `${numberText(count)} ${unit}${count === 1 ? '' : 's'}`;

/** `2.4`, `3`, or as the locale writes it. */
const tenthsText = (count: number): string =>
  known === undefined && count >= 0 && count < 1_000
    ? String(Math.round(count * 10) / 10)
    : texts.tenths().format(count);

const years = (days: number): string => `${tenthsText(days / 365.25)} years`;

const daysText = (days: number): string => (days < 731 ? plural(days, 'day') : years(days));

/** `daysLeft` in words, `in` left out: `9 days`, `2.4 years`, `today` for less than one on either side, `12 days ago`. */
export function daysLeftText(days: number): string {
  if (days === 0 || days === -1) return 'today';
  return days < 0 ? `${daysText(-days - 1)} ago` : daysText(days);
}

/** `daysLeft` as a remark on an end: `9 days left`, `ends today`, `ended today`, `ended 12 days ago`. */
export const endText = (days: number): string =>
  days > 0 ? `${daysText(days)} left` : days === 0 ? 'ends today' : `ended ${daysLeftText(days)}`;

/** A past moment from now: `now`, `4 min ago`, `3 h ago`, `6 days ago`. Differences of clocks count as `now`. */
export function agoText(time: number, now: number): string {
  const minutes = Math.floor((now - time) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${String(minutes)} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${String(hours)} h ago`;
  return `${daysText(Math.floor(hours / 24))} ago`;
}

/** The calendar day in UTC as ISO writes it, `2031-11-21`: for fields and files. */
export const isoDate = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The calendar day in UTC, `2031-11-21`, or as the locale writes it. */
export const dateText = (time: number): string => texts.date?.format(time) ?? isoDate(time);

/** Day and time in UTC, `2031-11-21 00:00:00 UTC`, or as the locale writes it. */
export const dateTimeText = (time: number): string =>
  `${texts.dateTime?.format(time) ?? new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** Midnight UTC of the day that `time` lies in. */
export const startOfDay = (time: number): number => Math.floor(time / day) * day;
