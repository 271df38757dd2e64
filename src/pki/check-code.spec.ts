import { describe, expect, it } from 'vitest';
import { currentCode, generateAuthenticationKey } from './totp.ts';
import { checkCode, wrongCodeText } from './check-code.ts';

const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const now = Date.parse('2026-11-21T10:00:10Z');
const at = (seconds: number): string => currentCode(key, now + seconds * 1_000);

describe('checkCode', () => {
  it('knows the code of RFC 6238', () => {
    expect(checkCode(key, '287082', 59_000)).toEqual({ right: true });
  });
  it.each([-30, 0, 30])('takes the code of %i s from now', (seconds) => {
    expect(checkCode(key, at(seconds), now)).toEqual({ right: true });
  });
  it.each([
    [-60, -1],
    [60, 1],
    [90, 2],
    [600, 10],
    [-1_800, -30],
  ])('tells that a clock is off by %i s', (seconds, minutesAhead) => {
    expect(checkCode(key, at(seconds), now)).toEqual({ right: false, minutesAhead });
  });
  it('knows no time for the code of another key', () => {
    const other = Array.from({ length: 50 }, () => currentCode(generateAuthenticationKey(), now));
    const answers = other.map((code) => checkCode(key, code, now));
    expect(answers.filter((answer) => !answer.right && answer.minutesAhead === null).length).toBeGreaterThan(45);
  });
});

it('says which way the clocks differ', () => {
  expect(wrongCodeText(3)).toMatch(/3 min ahead/);
  expect(wrongCodeText(-2)).toMatch(/2 min late/);
  expect(wrongCodeText(null)).toMatch(/isn’t of this key/);
});
