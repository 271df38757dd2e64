import { expect, test } from 'vitest';
import { staysInPlace } from './stays-in-place.ts';

const rows = (letters: string) => letters.split('');
const before = rows('abcdefghij');
const sight = (first: number, last: number, active: string | null = null) => ({ first, last, active });

test.each([
  ['the same', 'abcdefghij', sight(0, 4), true],
  ['one more below', 'abcdefghijX', sight(0, 4), true],
  ['one gone below', 'abcdefghi', sight(3, 6), true],
  ['one more above, scrolled', 'Xabcdefghij', sight(3, 6), true],
  ['one gone above, scrolled', 'bcdefghij', sight(3, 6), true],
  ['one more on top', 'Xabcdefghij', sight(0, 4), false],
  ['one more in sight', 'abcXdefghij', sight(1, 5), false],
  ['one gone in sight', 'abdefghij', sight(1, 5), false],
  ['the first in sight gone', 'acdefghij', sight(1, 5), false],
  ['another order', 'abdcefghij', sight(1, 5), false],
  ['the focused one gone out of sight', 'abcdefghi', sight(0, 3, 'j'), false],
  ['a focused one that was filtered out before', 'abcdefghij', sight(0, 3, 'z'), true],
])('%s', (_, after, seen, stays) => {
  expect(staysInPlace(before, rows(after), seen)).toBe(stays);
});

test('an empty list has nothing to hold', () => {
  expect(staysInPlace([], ['a'], sight(0, 0))).toBe(true);
});
