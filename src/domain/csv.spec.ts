import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine, hashValue } from './csv.ts';

/** A spreadsheet's reader, which knows nothing of the writer: quotes count at the beginning of a cell alone, then up to the closing one. */
function readCells(text: string, separator: string): string[] {
  const cells: string[] = [];
  let value = '';
  let at = 0;
  const isEnd = (c: string) => c === separator || c === '\r' || c === '\n';
  while (at < text.length) {
    if (text.charAt(at) === '"') {
      for (at++; at < text.length; at++) {
        if (text.charAt(at) !== '"') value += text.charAt(at);
        else if (text.charAt(at + 1) === '"') value += text.charAt(at++);
        else break;
      }
      at++;
    }
    while (at < text.length && !isEnd(text.charAt(at))) value += text.charAt(at++);
    cells.push(value);
    value = '';
    at++;
  }
  return cells;
}

/** What would run: spreadsheets look past blanks. */
const runs = /^[\s"\u200B]*[=+\-@＝＋－＠]/;

const pieces = [
  '=',
  '+',
  '-',
  '@',
  '＝',
  '＋',
  '－',
  '＠',
  ';',
  ',',
  '\t',
  '\r',
  '\n',
  '"',
  "'",
  ' ',
  '\u00A0',
  '\u200B',
];
const dangerous = fc.array(fc.constantFrom(...pieces, 'a', '1', 'cmd|’!A0', 'HYPERLINK("x")'), { maxLength: 8 });
const texts = fc.oneof(
  dangerous.map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

test.each([',', ';', '\t'])('no cell is a formula where %j separates', (separator) => {
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (values) => {
      for (const cell of readCells(csvLine(values), separator)) expect(cell).not.toMatch(runs);
    }),
    { numRuns: 2_000 },
  );
});

test('what is written comes back, but for the apostrophes', () => {
  // Where blanks separate as well, one apostrophe follows another.
  const bare = (text: string) => text.replaceAll("'", '');
  fc.assert(
    fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (values) => {
      // The last cell is the empty one behind the line's end.
      const read = readCells(csvLine(values), ',').slice(0, -1);
      expect(read.map(bare)).toEqual(values.map(bare));
    }),
    { numRuns: 2_000 },
  );
});

test('a long run of blanks is no work', () => {
  // A second look at each of them would take hours.
  expect(csvLine([`${'\t'.repeat(1_000_000)}x=`])).toHaveLength(1_000_006);
});

describe('text', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠x', "'＠x"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['a;=1', "a;'=1"],
    ['a\t@x', "a\t'@x"],
    ['a\n-x', "a\n'-x"],
    ['a;"=1"', `a;'"=1"`],
    ["'=1", "'=1"],
    ['a-b', 'a-b'],
    ['a, -b', 'a, -b'],
    ['orders = all', 'orders = all'],
    ['', ''],
  ])('%j is written as %j', (text, written) => {
    expect(csvLine([text])).toBe(`"${written.replaceAll('"', '""')}"\r\n`);
  });

  test('stands between quotes, numbers do not', () => {
    expect(csvLine(['a', -3, '', 'say "a"'])).toBe('"a",-3,"","say ""a"""\r\n');
  });
});

test('a hash stays what it is, and what only pretends to be one does not', () => {
  const hash = '+bxZ/3g+Qx8LrVhYf0bqUyd8k5TzGq7w2m1nP4cEJ9s=';
  expect(csvLine([hashValue(hash)])).toBe(`"${hash}"\r\n`);
  for (const evil of ['+cmd|’ /C calc’!A0', '=HYPERLINK("x")', '+A1;=1', '-1', '@x', ''])
    expect(readCells(csvLine([hashValue(evil)]), ',')[0]).not.toMatch(runs);
});
