import { expect, test } from 'vitest';
import { date } from './json.ts';

test('a date without a zone is read as UTC', () => {
  expect(date('2031-11-21T00:00:00.0000000')).toBe(Date.UTC(2031, 10, 21));
});

test('a date with a zone keeps it', () => {
  expect(date('2026-11-20T14:00:00.0000000Z')).toBe(Date.UTC(2026, 10, 20, 14));
  expect(date('2026-11-20T14:00:00+02:00')).toBe(Date.UTC(2026, 10, 20, 12));
});

test('seven fraction digits are cut to milliseconds', () => {
  expect(date('2026-11-20T14:00:00.1239999Z')).toBe(Date.UTC(2026, 10, 20, 14, 0, 0, 123));
});

test.each([null, undefined, '', 'soon', '2031-11-21', 5, '2031-13-41T00:00:00'])('%j is no date', (value) => {
  expect(date(value)).toBeNull();
});
