import { compress, decompress, init } from '@bokuweb/zstd-wasm';

/** Zstandard (RFC 8878), on every Node alike: Node 20 has none of its own. */

let ready: Promise<void> | undefined;

/** Resolves when the library can be used, which the first use waits for. */
export function zstdReady(): Promise<void> {
  ready ??= init();
  return ready;
}

/** One frame, at the level of the quickest answers. Frames one after the other are one stream. Needs `zstdReady`. */
export const zstdFrame = (data: Uint8Array): Uint8Array => compress(data, 1);

/** What isn't Zstandard, or damaged. */
export class ZstdError extends Error {
  override readonly name = 'ZstdError';
}

const frameMagic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;
const largestBlock = 128 * 1024;
const rawBlock = 0;
const rleBlock = 1;

/** ZSTD_error_dstSize_tooSmall, which the library says in its message only. */
const roomTooSmall = ' -70';

interface Frame {
  /** Where the next one begins. */
  readonly end: number;
  /** How many bytes come out of it at most. */
  readonly most: number;
  /** It says how many. */
  readonly sized: boolean;
}

/** Reads a frame's outline (RFC 8878, 3.1), since it must be known how much comes out before it is opened; undefined when it is cut off or there is no other frame. */
function outline(data: Buffer, start: number): Frame | undefined {
  if (data.length < start + 8) return undefined;
  const magic = data.readUInt32LE(start);
  if ((magic & 0xfffffff0) >>> 0 === skippableMagic) {
    const end = start + 8 + data.readUInt32LE(start + 4);
    return end > data.length ? undefined : { end, most: 0, sized: true };
  }
  if (magic !== frameMagic) {
    if (start > 0) return undefined;
    throw new ZstdError('Unknown frame descriptor');
  }
  const descriptor = data.readUInt8(start + 4);
  const oneSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [oneSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const sizeAt = start + 5 + (oneSegment ? 0 : 1) + dictionaryBytes;
  let at = sizeAt + sizeBytes;
  let most = 0;
  for (let last = false; !last; ) {
    if (data.length < at + 3) return undefined;
    const header = data.readUIntLE(at, 3);
    const kind = (header >> 1) & 3;
    const size = header >> 3;
    last = (header & 1) === 1;
    most += kind === rawBlock || kind === rleBlock ? size : largestBlock;
    at += 3 + (kind === rleBlock ? 1 : size);
  }
  const end = at + ((descriptor & 4) === 0 ? 0 : 4);
  if (end > data.length) return undefined;
  const sized = sizeBytes > 0;
  return { end, most: sized ? contentSize(data, sizeAt, sizeBytes) : most, sized };
}

function contentSize(data: Buffer, at: number, bytes: number): number {
  if (bytes === 8) return Number(data.readBigUInt64LE(at));
  // Two bytes begin at 256 (RFC 8878, 3.1.1.1.4).
  return data.readUIntLE(at, bytes) + (bytes === 2 ? 256 : 0);
}

/** What a frame holds. @param room bytes @throws RangeError beyond the room; ZstdError when it is damaged */
function open(data: Buffer, { most, sized }: Frame, room: number): Uint8Array {
  const tooLarge = new RangeError(`More than ${room} bytes come out of it`);
  if (sized && most > room) throw tooLarge;
  try {
    return decompress(data, { defaultHeapSize: Math.min(most, room) });
  } catch (error) {
    throw !sized && error instanceof Error && error.message.endsWith(roomTooSmall)
      ? tooLarge
      : new ZstdError('Damaged frame');
  }
}

/**
 * What a stream of frames holds. As in RavenDB, one that is cut off gives what is whole, and what follows the frames isn't looked at.
 * @param most bytes
 * @throws RangeError beyond `most`; ZstdError for what begins with no frame, and for a damaged one
 */
export async function unzstd(data: Buffer, most: number): Promise<Buffer> {
  await zstdReady();
  const pieces: Uint8Array[] = [];
  let room = most;
  for (let start = 0; start < data.length; ) {
    const frame = outline(data, start);
    if (frame === undefined) break;
    if (frame.most > 0) {
      const piece = open(data.subarray(start, frame.end), frame, room);
      room -= piece.length;
      pieces.push(piece);
    }
    start = frame.end;
  }
  return Buffer.concat(pieces);
}
