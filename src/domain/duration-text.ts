import { plural } from './time-text.ts';

/** Whole minutes in words: `45 minutes`, `2 hours`, `1 hour 30 minutes`. */
export function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return plural(rest, 'minute');
  return rest === 0 ? plural(hours, 'hour') : `${plural(hours, 'hour')} ${plural(rest, 'minute')}`;
}

/** A span in the unit that fits: `45 seconds`, `4 minutes`, `2 hours`. @param span milliseconds */
export const spanText = (span: number): string =>
  span < close ? plural(Math.round(span / second), 'second') : minutesText(Math.round(span / minute));

const second = 1_000;
const minute = 60_000;
/** From here down seconds count. */
const close = 2 * minute;

/** What is left of a session: `1 h 58 min`, `12 min`, and in the last two minutes `1:45`. @param left milliseconds */
export function countdownText(left: number): string {
  if (left <= close) {
    const seconds = Math.max(0, Math.ceil(left / second));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
  const minutes = Math.ceil(left / minute);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

/** Milliseconds until {@link countdownText} says something else. @param left milliseconds, above 0 */
export function untilNextCountdown(left: number): number {
  const unit = left <= close ? second : minute;
  return left - (Math.ceil(left / unit) - 1) * unit;
}
