import { expect, test } from 'vitest';
import { selectAll, selectRow, type Selected } from './select-rows.ts';

const keys = ['a', 'b', 'c', 'd', 'e'];
const none: Selected = { rows: new Set(), anchor: null };
const of = (...rows: string[]): Selected => ({ rows: new Set(rows), anchor: rows.at(-1) ?? null });
const list = ({ rows }: Selected) => [...rows].sort().join('');

test('one after the other, and out again', () => {
  const two = selectRow(selectRow(none, keys, 'b', false), keys, 'd', false);
  expect(list(two)).toBe('bd');
  expect(list(selectRow(two, keys, 'b', false))).toBe('d');
});

test.each([
  ['a', 'd', 'abcd'],
  ['d', 'a', 'abcd'],
  ['c', 'c', ''],
])('a range from %s to %s', (from, to, wanted) => {
  expect(list(selectRow(of(from), keys, to, true))).toBe(wanted);
});

test('a range that ends on a selected row takes all of it out', () => {
  expect(list(selectRow({ rows: new Set('abcde'), anchor: 'b' }, keys, 'd', true))).toBe('ae');
});

test('a range whose start is out of sight is just this row', () => {
  expect(list(selectRow(of('x'), keys, 'b', true))).toBe('bx');
  expect(list(selectRow(none, keys, 'b', true))).toBe('b');
});

test('all that are shown, and what is selected elsewhere stays', () => {
  const all = selectAll(of('x', 'b'), keys);
  expect(list(all)).toBe('abcdex');
  expect(list(selectAll(all, keys))).toBe('x');
});
