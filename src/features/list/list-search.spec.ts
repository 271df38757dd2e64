import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databaseAccessLevels, securityClearances } from '../../api/types.ts';
import {
  entryTypes,
  isFiltered,
  type ListSearch,
  listSearchText,
  listViews,
  newThumbprint,
  noFilters,
  parseListSearch,
  sortKeys,
  sortOf,
} from './list-search.ts';

const anySearch: fc.Arbitrary<ListSearch> = fc
  .record({
    view: fc.constantFrom(...listViews),
    text: fc.string({ unit: 'grapheme', maxLength: 60 }),
    clearances: fc.subarray([...securityClearances]),
    database: fc.string({ unit: 'grapheme', maxLength: 30 }).map((name) => name.trim()),
    access: fc.option(fc.constantFrom(...databaseAccessLevels)),
    twoFactor: fc.constantFrom('any', 'on', 'off'),
    types: fc.subarray([...entryTypes]),
    sort: fc.option(fc.record({ key: fc.constantFrom(...sortKeys), descending: fc.boolean() })),
  })
  .map((search) =>
    search.database === ''
      ? { ...search, access: null, sort: search.sort?.key === 'access' ? null : search.sort }
      : search,
  );

describe('list search in the URL', () => {
  it('comes back as it was written, whatever is searched for', () => {
    fc.assert(
      fc.property(anySearch, (search) => {
        expect(parseListSearch(listSearchText(search))).toEqual(search);
      }),
    );
  });
  it('survives the address bar', () => {
    fc.assert(
      fc.property(anySearch, (search) => {
        const url = new URL(`http://localhost/${listSearchText(search)}`);
        expect(parseListSearch(url.search)).toEqual(search);
      }),
    );
  });
  it('repairs any query into one that stays', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        const repaired = parseListSearch(query);
        expect(parseListSearch(listSearchText(repaired))).toEqual(repaired);
      }),
    );
  });
  it('reads the whole list from nothing and writes nothing for it', () => {
    expect(parseListSearch('')).toEqual(noFilters);
    expect(listSearchText(noFilters)).toBe('');
    expect(isFiltered(noFilters)).toBe(false);
  });
  it('drops what it does not know', () => {
    expect(
      parseListSearch('?view=gone&clearance=Root,Operator,Operator&access=Admin&two-factor=maybe&sort=-size'),
    ).toEqual({ ...noFilters, clearances: ['Operator'] });
  });
  it('sorts by access only where there is a database', () => {
    expect(parseListSearch('?sort=access').sort).toBeNull();
    expect(sortOf(parseListSearch('?database=orders'))).toEqual({ key: 'access', descending: true });
    expect(sortOf(noFilters)).toEqual({ key: 'expires', descending: false });
  });
  it('stays readable', () => {
    expect(
      listSearchText({
        ...noFilters,
        clearances: ['Operator', 'ClusterAdmin'],
        sort: { key: 'name', descending: true },
      }),
    ).toBe('?clearance=Operator,ClusterAdmin&sort=-name');
  });
  it('finds a new certificate', () => {
    expect(newThumbprint('?new=AB&view=valid')).toBe('AB');
    expect(newThumbprint('?new=')).toBeNull();
  });
});
