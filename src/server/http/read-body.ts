import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { limits } from '../limits.ts';
import type { ServerRequest } from './exchange.ts';
import { RavenException } from './raven-exception.ts';

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

const decoders: Readonly<Record<string, (data: Buffer, most: number) => Promise<Buffer>>> = {
  gzip: (data, most) => promisify(gunzip)(data, { maxOutputLength: most }),
  deflate: (data, most) => promisify(inflate)(data, { maxOutputLength: most }),
};

/** Bytes of the bodies that are being read now. */
let held = 0;

/**
 * Reads the whole body; a compressed one (gzip, deflate) is opened, up to the same limit.
 * @param most bytes
 * @throws BodyTooLargeError beyond that; RavenDB's exception (503) while too many bodies are being read
 */
export async function readBody(request: ServerRequest, most: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw new BodyTooLargeError(most);
  const body = await gather(request, most);
  const encoding = request.headers['content-encoding'];
  const decode = typeof encoding === 'string' ? decoders[encoding.trim().toLowerCase()] : undefined;
  if (decode === undefined) return body;
  try {
    return await decode(body, most);
  } catch (error) {
    if (
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    )
      throw new BodyTooLargeError(most);
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
