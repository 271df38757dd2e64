import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';
import { limits } from '../limits.ts';
import type { ServerRequest } from './exchange.ts';
import type { Held } from './held.ts';
import { invalidOperationError, RavenException } from './raven-exception.ts';
import { unzstd, ZstdError } from './zstd.ts';

/** A body beyond the limit: 413, and the connection is closed instead of reading on. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** @param most bytes */
const tooLarge = (most: number) =>
  new BodyTooLargeError(`The body of this request may hold ${most.toLocaleString('en')} bytes at most.`);

/** The client went away before its body was whole: nobody waits for an answer. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

/** As RavenDB takes them: named in lower case only, and one that is cut off gives what there is. */
const decoders: ReadonlyMap<string, (data: Buffer, most: number) => Promise<Buffer>> = new Map([
  ['gzip', (data, most) => promisify(gunzip)(data, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH })],
  ['zstd', unzstd],
]);

/**
 * Reads the whole body; a compressed one (gzip, zstd) is opened, up to the same limit.
 * @param most bytes
 * @param held the request's memory, which the body stays in until the answer is out
 * @throws BodyTooLargeError beyond that; RavenDB's exception (503) while requests hold too much
 */
export async function readBody(request: ServerRequest, most: number, held: Held): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const body = await gather(request, most, held);
  const decode = decoders.get(request.headers['content-encoding'] ?? '');
  if (decode === undefined) return body;
  try {
    const unpacked = await decode(body, most);
    held.take(unpacked.length);
    return unpacked;
  } catch (error) {
    if (error instanceof RavenException) throw error;
    if (
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    )
      throw tooLarge(most);
    if (error instanceof ZstdError) throw invalidOperationError(error.message);
    throw new RavenException(
      'System.IO.InvalidDataException',
      'The archive entry was compressed using an unsupported compression method.',
    );
  }
}

async function gather(request: ServerRequest, most: number, held: Held): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > most) throw tooLarge(most);
      held.take(piece.length);
      pieces.push(piece);
    }
  } catch (error) {
    const own = error instanceof BodyTooLargeError || error instanceof RavenException;
    // An HTTP/2 request isn't destroyed with its stream.
    const gone = request.destroyed || ('stream' in request && request.aborted);
    throw own || !gone ? error : new ClientGoneError();
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
