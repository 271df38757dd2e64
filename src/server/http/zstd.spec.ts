import { beforeAll, describe, expect, test } from 'vitest';
import { unzstd, zstdFrame, zstdReady } from './zstd.ts';

beforeAll(zstdReady);

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytesOf = (hex: string) => Buffer.from(hex, 'hex');
const mega = 1024 * 1024;

/** `{"Name":"orders"}` as the zstd command makes it of a stream: with a checksum, and without saying how long it is. */
const streamed = bytesOf('28b52ffd0458890000' + '7b224e616d65223a226f7264657273227d' + '913db505');

/** A frame of zeros that doesn't say how many come out: so many blocks of 128 KB, four bytes each. */
function zeros(blocks: number): Buffer {
  const block = (last: boolean) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUIntLE((128 * 1024 * 8) | (1 << 1) | (last ? 1 : 0), 0, 3);
    return bytes;
  };
  return Buffer.concat([
    bytesOf('28b52ffd0038'),
    ...Array.from({ length: blocks }, (_, index) => block(index === blocks - 1)),
  ]);
}

describe('opens', () => {
  test('what it made itself, of any length', async () => {
    for (const length of [0, 1, 255, 256, 257, 65_791, 65_792, 300_000]) {
      const data = Buffer.from(Array.from({ length }, (_, index) => (index * 7919) % 251));
      expect((await unzstd(Buffer.from(zstdFrame(data)), mega)).equals(data)).toBe(true);
    }
  });

  test('a stream that does not say how long it is', async () => {
    expect(text(await unzstd(streamed, mega))).toBe('{"Name":"orders"}');
  });

  test('frames one after the other, and what may be skipped between them', async () => {
    const skippable = bytesOf('5a2a4d1803000000' + 'abcdef');
    const frame = (part: string) => Buffer.from(zstdFrame(Buffer.from(part)));
    const stream = Buffer.concat([frame('{"a"'), skippable, frame(':1}'), Buffer.from('and a line behind')]);
    expect(text(await unzstd(stream, mega))).toBe('{"a":1}');
  });

  test('of a stream that is cut off what is whole', async () => {
    const whole = zstdFrame(Buffer.from('{"a":'));
    const cut = zstdFrame(Buffer.from('1}')).subarray(0, -1);
    expect(text(await unzstd(Buffer.concat([whole, cut]), mega))).toBe('{"a":');
    for (let length = 0; length < streamed.length; length++)
      expect(await unzstd(streamed.subarray(0, length), mega)).toHaveLength(0);
  });
});

describe('refuses', () => {
  test('what is none', async () => {
    await expect(unzstd(Buffer.from('{"Name":"orders"}'), mega)).rejects.toThrow('Unknown frame descriptor');
  });

  test('a damaged frame, also one that lies about its length', async () => {
    const frame = Buffer.from(zstdFrame(Buffer.from('orders '.repeat(100))));
    for (let at = 4; at < frame.length; at++) {
      const damaged = Buffer.from(frame);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0xff, at);
      await unzstd(damaged, 1000).then(
        (opened) => expect(opened.length).toBeLessThanOrEqual(1000),
        (error: unknown) => expect(String(error)).toMatch(/^(ZstdError|RangeError)/),
      );
    }
  });

  test('more than the limit, whether the frame says how much comes out, or not, or one frame after the other', async () => {
    const limit = 8 * 128 * 1024;
    expect(await unzstd(zeros(8), limit)).toHaveLength(limit);
    const said = Buffer.from(zstdFrame(Buffer.alloc(limit + 1)));
    const halves = Buffer.concat([zeros(5), zeros(4)]);
    for (const bomb of [zeros(9), zeros(100_000), said, halves])
      await expect(unzstd(bomb, limit)).rejects.toBeInstanceOf(RangeError);
  });

  test('a length that no memory has', async () => {
    const frame = bytesOf('28b52ffdc038' + 'ffffffffffffffff' + '010000');
    await expect(unzstd(frame, mega)).rejects.toBeInstanceOf(RangeError);
  });
});
