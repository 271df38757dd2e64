import { expect, test } from 'vitest';
import { certificateState, day, daysLeft, lifeLeft } from './certificate-state.ts';
import { agoText, dateText, dateTimeText, daysLeftText, endText, startOfDay } from './time-text.ts';

const now = Date.UTC(2026, 10, 21, 12);
const dated = (notBefore: number | null, notAfter: number | null, disabled = false) => ({
  notBefore,
  notAfter,
  disabled,
});

test.each([
  ['disabled wins over expired', dated(null, now - day, true), 'disabled'],
  ['a moment after its end', dated(null, now - 1), 'expired'],
  ['at its end', dated(null, now), 'expiring'],
  ['not before lies ahead', dated(now + 1, now + 99 * day), 'notYetValid'],
  ['one moment inside the threshold', dated(null, now + 14 * day - 1), 'expiring'],
  ['on the threshold', dated(null, now + 14 * day), 'valid'],
  ['without an end', dated(null, null), 'valid'],
  ['unreadable wins over disabled', { ...dated(null, null, true), unreadable: true }, 'unreadable'],
])('%s', (_, certificate, state) => {
  expect(certificateState(certificate, now, 14)).toBe(state);
});

test('days left are whole and negative from the moment it expired', () => {
  expect(daysLeft({ notAfter: now + day - 1 }, now)).toBe(0);
  expect(daysLeft({ notAfter: now + day }, now)).toBe(1);
  expect(daysLeft({ notAfter: now - 1 }, now)).toBe(-1);
  expect(daysLeft({ notAfter: null }, now)).toBeNull();
});

test('the share of life left stays between 0 and 1, also for dates that make no sense', () => {
  expect(lifeLeft(dated(now - day, now + day), now)).toBe(0.5);
  expect(lifeLeft(dated(now - 2 * day, now - day), now)).toBe(0);
  expect(lifeLeft(dated(now + day, now + 2 * day), now)).toBe(1);
  expect(lifeLeft(dated(now, now), now)).toBeNull();
});

test.each([
  [0, 'today'],
  [1, '1 day'],
  [9, '9 days'],
  [730, '730 days'],
  [1826, '5 years'],
  [-1, 'today'],
  [-2, '1 day ago'],
  [-13, '12 days ago'],
  [-1001, '2.7 years ago'],
])('%i days are %j', (days, text) => {
  expect(daysLeftText(days)).toBe(text);
});

test.each([
  [9, '9 days left'],
  [0, 'ends today'],
  [-1, 'ended today'],
  [-2, 'ended 1 day ago'],
])('an end %i days away: %j', (days, text) => {
  expect(endText(days)).toBe(text);
});

test.each([
  [-5_000, 'now'],
  [59_000, 'now'],
  [4 * 60_000, '4 min ago'],
  [5 * 3_600_000, '5 h ago'],
  [6 * day, '6 days ago'],
])('%i ms ago is %j', (ago, text) => {
  expect(agoText(now - ago, now)).toBe(text);
});

test('dates are UTC', () => {
  expect(dateText(now)).toBe('2026-11-21');
  expect(dateTimeText(now)).toBe('2026-11-21 12:00:00 UTC');
  expect(startOfDay(now)).toBe(Date.UTC(2026, 10, 21));
});
