import { expect, test } from 'vitest';
import fc from 'fast-check';
import { countdownText, minutesText, spanText, untilNextCountdown } from './duration-text.ts';

test('minutes in words', () => {
  expect([1, 45, 60, 90, 120, 1440, 61].map(minutesText)).toEqual([
    '1 minute',
    '45 minutes',
    '1 hour',
    '1 hour 30 minutes',
    '2 hours',
    '24 hours',
    '1 hour 1 minute',
  ]);
});

test('a countdown counts minutes, then seconds', () => {
  expect(
    [7_200_000, 7_199_999, 7_140_000, 3_600_000, 121_000, 120_000, 119_001, 59_000, 1, 0, -5].map(countdownText),
  ).toEqual([
    '2 h 0 min',
    '2 h 0 min',
    '1 h 59 min',
    '1 h 0 min',
    '3 min',
    '2:00',
    '2:00',
    '0:59',
    '0:01',
    '0:00',
    '0:00',
  ]);
});

test('it says the same until the next change and another thing then', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000_000 }), (left) => {
      const step = untilNextCountdown(left);
      expect(step).toBeGreaterThan(0);
      if (step > 1) expect(countdownText(left - step + 1)).toBe(countdownText(left));
      expect(countdownText(left - step)).not.toBe(countdownText(left));
    }),
  );
});

test('a span in the unit that fits', () => {
  expect([900, 45_000, 119_000, 240_000, 7_200_000].map(spanText)).toEqual([
    '1 second',
    '45 seconds',
    '119 seconds',
    '4 minutes',
    '2 hours',
  ]);
});
