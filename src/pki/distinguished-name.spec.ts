import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAsn1, toDer } from './asn1.ts';
import { commonNameOf, commonNameOnly, formatDistinguishedName } from './distinguished-name.ts';

const nameOf = (name: string) => parseAsn1(toDer(commonNameOnly(name).toSchema()));

test('values are quoted where .NET quotes them', () => {
  const shown: [string, string][] = [
    ['alice', 'CN=alice'],
    ['', 'CN=""'],
    ['a, b', 'CN="a, b"'],
    ['say "hi"', 'CN="say ""hi"""'],
    [' lead', 'CN=" lead"'],
    ['trail\t', 'CN="trail\t"'],
    ['#1', 'CN="#1"'],
    ['back\\slash', 'CN=back\\slash'],
    ["it's", "CN=it's"],
    ['two\nlines', 'CN="two\nlines"'],
    ['Zürich 😀', 'CN=Zürich 😀'],
    ['CN=x, O=y', 'CN="CN=x, O=y"'],
  ];
  expect(shown.map(([name]) => formatDistinguishedName(nameOf(name)))).toEqual(shown.map(([, text]) => text));
});

test('any name is kept as one common name, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (name) => {
      expect(commonNameOf(nameOf(name))).toBe(name);
    }),
  );
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
      (name) => {
        expect(commonNameOf(nameOf(name))).toBe(Buffer.from(name, 'utf8').toString('utf8'));
      },
    ),
  );
});
