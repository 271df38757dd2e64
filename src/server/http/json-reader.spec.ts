import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonObject } from './json-reader.ts';
import { writeJson } from './json-values.ts';
import { RavenException } from './raven-exception.ts';

const read = (text: string) => writeJson(readJsonObject(Buffer.from(text)));
const typeOf = (text: string) => {
  try {
    read(text);
    return 'read';
  } catch (error) {
    return error instanceof RavenException ? error.type : String(error);
  }
};

describe('lenient JSON, as a RavenDB 7.2.7 reads it', () => {
  it.each([
    [`{'a':'b'}`, '{"a":"b"}'],
    [`{"a","b","c","d",}`, '{"a":"b","c":"d"}'],
    [`{"a" 1 "b" [1 2]}`, '{"a":1,"b":[1,2]}'],
    [`\ufeff{"a":"b\nc"} rest`, '{"a":"b\\nc"}'],
    [`{"a":1,"a":2}`, '{"a":2}'],
    [`{"__proto__":{"x":1}}`, '{"__proto__":{"x":1}}'],
    [`{"a":123456789012345678901234567890}`, '{"a":123456789012345678901234567890}'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['9223372036854775807', true],
    ['9223372036854775808', false],
    ['-9223372036854775807', true],
    ['-9223372036854775808', false],
    ['9'.repeat(1_000_000), false],
  ])('takes a number for a whole one when it fits 64 bits: %.25s', (digits, whole) => {
    expect(readJsonObject(Buffer.from(`{"a":${digits}}`)).get('a')).toMatchObject({ text: digits, whole });
  });

  it.each([
    ['', 'System.IO.EndOfStreamException'],
    ['{"a":1', 'System.IO.EndOfStreamException'],
    ['{"a":"', 'System.IO.EndOfStreamException'],
    ['[]', 'Sparrow.Exceptions.InvalidStartOfObjectException'],
    ['null', 'Sparrow.Exceptions.InvalidStartOfObjectException'],
    ['{a:1}', 'System.IO.InvalidDataException'],
    ['{"a":1,,"b":2}', 'System.IO.InvalidDataException'],
    ['{/**/}', 'System.IO.InvalidDataException'],
    ['{"a":01}', 'System.IO.InvalidDataException'],
    ['{"a":"\\x"}', 'System.InvalidOperationException'],
  ])('refuses %s', (text, type) => {
    expect(typeOf(text)).toBe(type);
  });

  it('reads what JSON.stringify writes, as it was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        // Numbers keep their text; what can't be well-formed text becomes U+FFFD.
        expect(JSON.parse(read(text))).toEqual(JSON.parse(text.replace(/\\ud[89a-f][0-9a-f]{2}/gi, '\ufffd')));
      }),
    );
  });

  it('takes any bytes without another error than its own, nested as deep as may be', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readJsonObject(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RavenException);
        }
      }),
    );
    const deep = `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    expect(readJsonObject(Buffer.from(deep)).has('a')).toBe(true);
    expect(typeOf(deep)).toBe('System.IO.InvalidDataException');
    expect(typeOf(`{"a":${'['.repeat(1_000_000)}`)).toBe('System.IO.InvalidDataException');
  });
});
