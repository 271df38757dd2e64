import fc from 'fast-check';
import { generalized, utc, type WrittenTime } from '../../src/server/certificate-harness.ts';

const inputs = Number(process.env.FUZZ_INPUTS ?? 8_000);
const seed = process.env.FUZZ_SEED;

/** How many inputs a property gets that has a part of all of them. A failure prints the seed, which `--seed` takes. */
export const share = (part: number) => ({
  numRuns: Math.ceil(inputs * part),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
});

/** What takes longer hangs: no input is longer than some kilobytes. In milliseconds. */
const patience = 1_000;

/**
 * Does something with an input, in time. What is late is done again, since a busy machine isn't a hang, and a hang is one every time.
 * @throws when it is late twice
 */
export async function inTime<T>(work: () => Promise<T>): Promise<T> {
  for (let late = 0; ; late++) {
    const began = performance.now();
    const result = await work();
    const ms = performance.now() - began;
    if (ms < patience) return result;
    if (late > 0) throw new Error(`It took ${ms.toFixed(0)} ms, twice.`);
  }
}

type Change = readonly [kind: 'set' | 'cut' | 'drop' | 'double' | 'insert', where: number, what: number];

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.tuple(
    fc.constantFrom('set' as const, 'cut' as const, 'drop' as const, 'double' as const, 'insert' as const),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 0x30, 0x7f, 0x80, 0x84, 0xff)),
  ),
  { minLength: 1, maxLength: 6 },
);

function change(original: Buffer, all: readonly Change[]): Buffer {
  let bytes = Buffer.from(original);
  for (const [kind, where, what] of all) {
    const at = Math.floor(where * bytes.length);
    if (kind === 'set' && bytes.length > 0) bytes[at] = what;
    else if (kind === 'cut') bytes = bytes.subarray(0, at);
    else if (kind === 'drop') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + (what % 8))]);
    else if (kind === 'double') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at - (what % 32))]);
    else bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([what]), bytes.subarray(at)]);
  }
  return bytes;
}

/** Good input with a few bytes changed, cut or doubled, and now and then plain noise. */
export function bytesLike(good: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const changed = fc.tuple(fc.constantFrom(...good), changes).map(([original, all]) => change(original, all));
  const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  return fc.oneof({ weight: 5, arbitrary: changed }, { weight: 1, arbitrary: noise });
}

/** The same for text. */
export function textLike(good: readonly string[]): fc.Arbitrary<string> {
  const changed = bytesLike(good.map((text) => Buffer.from(text))).map((bytes) => bytes.toString('utf8'));
  return fc.oneof({ weight: 3, arbitrary: changed }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) });
}

const twoDigits = (max: number) => fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, '0'));

/** Dates as certificates write them: most of them right, or nearly. */
export const dates: fc.Arbitrary<WrittenTime> = fc
  .tuple(
    fc.boolean(),
    fc.oneof(
      fc
        .tuple(
          fc.constantFrom('', '', '00', '19', '20', '99'),
          twoDigits(99),
          twoDigits(13),
          twoDigits(32),
          twoDigits(24),
          twoDigits(60),
          twoDigits(60),
          fc.constantFrom('Z', 'Z', 'Z', 'Z', '', 'z', '+0000', '-0100', '.5Z', ',5Z', 'Z '),
        )
        .map((parts) => parts.join('')),
      textLike(['360229000000Z', '20360101000000Z', '99991231235959Z', '00010101000000Z', '3601010000Z']),
    ),
  )
  .map(([short, text]) => (short ? utc(text) : generalized(text)));

/** Parts of names that programs trip over: formulas, paths, markup, what turns the direction of writing, halves of characters. */
const nameParts = [
  '=1+1',
  '+',
  '-2',
  '@SUM(A1)',
  '\uFF1D1',
  ';',
  ',',
  '\t',
  '\r\n',
  '"',
  "'",
  '\\',
  '/../',
  'CON',
  '.',
  ' ',
  '<b>',
  '\u0000',
  '\u001B[2J',
  '\u202E',
  '\u200B',
  'e\u0301',
  '\u{1F600}',
  '\uD83D',
  '__proto__',
  'CN=x',
  'Server Certificate',
];

/** What people and programs call a certificate; none is longer than some kilobytes. */
export const names: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...nameParts), { maxLength: 8 }).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...nameParts), fc.nat(300)).map(([part, n]) => part.repeat(n)) },
);

/** The bytes of a name in a certificate and the tag of their string type, which needn't fit; null for no name at all. */
export const writtenNames: fc.Arbitrary<readonly [tag: number, content: Buffer] | null> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 9,
    arbitrary: fc.tuple(
      // UTF8, Printable, Teletex, IA5, Universal and BMP strings, and a number.
      fc.constantFrom(0x0c, 0x0c, 0x13, 0x14, 0x16, 0x1c, 0x1e, 0x02),
      fc.oneof(
        fc
          .tuple(names, fc.constantFrom('utf8' as const, 'latin1' as const, 'utf16le' as const))
          .map(([text, encoding]) => Buffer.from(text, encoding).subarray(0, 4_000)),
        fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      ),
    ),
  },
);
