import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  authenticationUri,
  currentCode,
  decodeAuthenticationKey,
  generateAuthenticationKey,
  matchCode,
} from './totp.ts';

/** The key of both RFCs' test vectors: the ASCII text 12345678901234567890. */
const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (step: number) => step * 30_000;

test('codes are those of RFC 4226, appendix D', () => {
  const expected = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'];
  expect(expected.map((_, step) => currentCode(key, at(step)))).toEqual(expected);
});

test('codes are those of RFC 6238, appendix B (last six digits)', () => {
  const vectors: [number, string][] = [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ];
  for (const [seconds, code] of vectors) expect(currentCode(key, seconds * 1000)).toBe(code);
});

describe('matchCode', () => {
  test('takes the codes of the window and says which step it was', () => {
    const now = at(1000) + 12_345;
    const found = [-3, -2, -1, 0, 1, 2, 3].map((offset) =>
      matchCode(key, currentCode(key, at(1000 + offset)), { window: 2, now }),
    );
    expect(found).toEqual([null, 998, 999, 1000, 1001, 1002, null]);
  });

  test('takes numbers, blanks, and codes without their leading zeros', () => {
    const now = 1_111_111_109_000;
    const step = 37_037_036;
    for (const code of ['081804', ' 081 804 ', 81804, '81804', '0081804'])
      expect([code, matchCode(key, code, { window: 0, now })]).toEqual([code, step]);
    for (const code of ['', 'abcdef', '81805', '0818040', '-81804', Number.NaN, '8180４'])
      expect([code, matchCode(key, code, { window: 2, now })]).toEqual([code, null]);
  });

  test('works at the very beginning of time', () => {
    expect(matchCode(key, '755224', { window: 2, now: 0 })).toBe(0);
  });

  test('never crashes, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (code) => {
        const step = matchCode(key, code, { window: 2, now: at(1000) });
        expect(step === null || Math.abs(step - 1000) <= 2).toBe(true);
      }),
    );
  });
});

test('a new authentication key is 20 bytes in 32 base32 characters, different each time', () => {
  const keys = Array.from({ length: 50 }, generateAuthenticationKey);
  for (const made of keys) expect(made).toMatch(/^[A-Z2-7]{32}$/);
  expect(decodeAuthenticationKey(keys[0] ?? '').bytes).toHaveLength(20);
  expect(new Set(keys).size).toBe(50);
});

test('keys are read in either case and with padding, and nothing else is', () => {
  expect(decodeAuthenticationKey(`${key.toLowerCase()}====`).latin1).toBe('12345678901234567890');
  for (const wrong of ['', '====', 'ABC1', 'AB CD', 'ABCD-EFGH', 'ÄÖ', 'AB=CD'])
    expect(() => decodeAuthenticationKey(wrong)).toThrow('letters A to Z and the digits 2 to 7');
});

test('the link for authenticator apps is the one of the Studio', () => {
  expect(authenticationUri({ issuer: 'a.raven.example', name: 'ops & co/#1', key })).toBe(
    `otpauth://totp/a.raven.example:ops%20%26%20co%2F%231?secret=${key}&issuer=a.raven.example`,
  );
  expect(authenticationUri({ issuer: 'host', name: '', key })).toContain('host:Client%20Certificate?');
  expect(authenticationUri({ issuer: 'host', name: '\ud83d', key })).toContain('host:%EF%BF%BD?');
});
