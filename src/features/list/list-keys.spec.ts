import { expect, it } from 'vitest';
import { rowAfterKey } from './list-keys.ts';

it('moves a row, a screen or to an end, and never out of the list', () => {
  expect(rowAfterKey('ArrowDown', 3, 10, 5)).toBe(4);
  expect(rowAfterKey('ArrowDown', 9, 10, 5)).toBe(9);
  expect(rowAfterKey('ArrowUp', 0, 10, 5)).toBe(0);
  expect(rowAfterKey('PageDown', 3, 10, 5)).toBe(8);
  expect(rowAfterKey('PageUp', 3, 10, 5)).toBe(0);
  expect(rowAfterKey('End', 3, 10, 5)).toBe(9);
  expect(rowAfterKey('Home', 3, 10, 5)).toBe(0);
  expect(rowAfterKey('a', 3, 10, 5)).toBeUndefined();
  expect(rowAfterKey('End', 0, 0, 5)).toBeUndefined();
});
