import fc from 'fast-check';

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
