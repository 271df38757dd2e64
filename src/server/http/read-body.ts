import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';
import { limits } from '../limits.ts';
import type { ServerRequest } from './exchange.ts';
import { invalidOperationError, RavenException } from './raven-exception.ts';
import { unzstd, ZstdError } from './zstd.ts';

/** A body beyond the limit: 413, and the connection is closed instead of reading on. */
export class BodyTooLargeError extends Error {
  /** @param most bytes */
  constructor(most: number) {
    super(`The body of this request may hold ${most.toLocaleString('en')} bytes at most.`);
    this.name = 'BodyTooLargeError';
  }
}

/** The client went away before its body was whole: nobody waits for an answer. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

/** As RavenDB takes them: named in lower case only, and one that is cut off gives what there is. */
const decoders: ReadonlyMap<string, (data: Buffer, most: number) => Promise<Buffer>> = new Map([
  ['gzip', (data, most) => promisify(gunzip)(data, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH })],
  ['zstd', unzstd],
]);

/** Bytes of the bodies that are being read now. */
let held = 0;

/**
 * Reads the whole body; a compressed one (gzip, zstd) is opened, up to the same limit.
 * @param most bytes
 * @throws BodyTooLargeError beyond that; RavenDB's exception (503) while too many bodies are being read
 */
export async function readBody(request: ServerRequest, most: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw new BodyTooLargeError(most);
  const body = await gather(request, most);
  const decode = decoders.get(request.headers['content-encoding'] ?? '');
  if (decode === undefined) return body;
  try {
    return await decode(body, most);
  } catch (error) {
    if (
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    )
      throw new BodyTooLargeError(most);
    if (error instanceof ZstdError) throw invalidOperationError(error.message);
    throw new RavenException(
      'System.IO.InvalidDataException',
      'The archive entry was compressed using an unsupported compression method.',
    );
  }
}

async function gather(request: ServerRequest, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      size += piece.length;
      held += piece.length;
      if (size > most) throw new BodyTooLargeError(most);
      if (held > limits.bodiesBytes)
        throw new RavenException(
          'System.OutOfMemoryException',
          'The server is reading as many big requests as it can hold: try again.',
        );
      pieces.push(piece);
    }
  } catch (error) {
    const own = error instanceof BodyTooLargeError || error instanceof RavenException;
    throw own || !request.destroyed ? error : new ClientGoneError();
  } finally {
    held -= size;
  }
  return Buffer.concat(pieces);
}

/** Reads on without keeping anything, since a body that nobody reads holds the connection; one that doesn't end soon ends it. */
export function discardBody(request: ServerRequest): void {
  let size = 0;
  request.on('data', (piece: Buffer) => {
    size += piece.length;
    if (size > limits.discardedBytes) request.destroy();
  });
}
