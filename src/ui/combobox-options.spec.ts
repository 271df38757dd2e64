import { describe, expect, it } from 'vitest';
import { isNewOption, matchOptions, shownOptions } from './combobox-options.ts';

const options = ['orders', 'Archive', 'archived-orders', 'stock'].map((value) => ({ value }));
const values = (typed: string) => matchOptions(options, typed).map((option) => option.value);

describe('matchOptions', () => {
  it('offers all for nothing typed, in the given order', () => {
    expect(values('  ')).toEqual(['orders', 'Archive', 'archived-orders', 'stock']);
  });
  it('puts those that start with the text first and ignores case', () => {
    expect(values('ORD')).toEqual(['orders', 'archived-orders']);
    expect(values('arch')).toEqual(['Archive', 'archived-orders']);
    expect(values('nothing')).toEqual([]);
  });
  it('draws no more than it should', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ value: `db${index}` }));
    expect(matchOptions(many, 'db')).toHaveLength(shownOptions);
  });
});

describe('isNewOption', () => {
  it('refuses blanks and names that exist in another case', () => {
    expect(isNewOption(options, ' ')).toBe(false);
    expect(isNewOption(options, 'ORDERS ')).toBe(false);
    expect(isNewOption(options, 'order')).toBe(true);
  });
});
