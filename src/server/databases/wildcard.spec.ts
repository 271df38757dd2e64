import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsPattern } from './wildcard.ts';

test.each([
  ['1', '1*', true],
  ['11/x', '*x', true],
  ['11/x', '1?', false],
  ['12', '1?', true],
  ['2', '1|2', true],
  ['3', '1|2', false],
  ['ABC', 'a*C', true],
  ['', '', true],
  ['', '*', true],
  ['', '?', false],
  ['a', '', false],
  ['aXbXc', 'a*b*c', true],
  ['a.c', 'abc', false],
])('%j and %j: %s', (text, pattern, fits) => {
  expect(fitsPattern(text, pattern)).toBe(fits);
});

test('it fits whenever a regular expression made of it does', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?', '|'), maxLength: 8 });
  fc.assert(
    fc.property(letters, patterns, (text, pattern) => {
      const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(fitsPattern(text, pattern)).toBe(new RegExp(`^(?:${source})$`).test(text));
    }),
  );
});

test('no pattern takes long', () => {
  expect(fitsPattern('a'.repeat(500), `${'*a'.repeat(5_000)}b`)).toBe(false);
});
