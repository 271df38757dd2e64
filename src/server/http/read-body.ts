import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { limits } from '../limits.ts';
import type { ServerRequest } from './exchange.ts';
import { RavenException } from './raven-exception.ts';

/** A body beyond the limit: 413, and the connection is closed instead of reading on. */
export class BodyTooLargeError extends Error {
  constructor() {
    super(`A request body may hold ${limits.bodyBytes / 1024 / 1024} MB at most.`);
    this.name = 'BodyTooLargeError';
  }
}

const decoders: Readonly<Record<string, (data: Buffer) => Promise<Buffer>>> = {
  gzip: (data) => promisify(gunzip)(data, { maxOutputLength: limits.bodyBytes }),
  deflate: (data) => promisify(inflate)(data, { maxOutputLength: limits.bodyBytes }),
};

/** Reads the whole body; a compressed one (gzip, deflate) is opened, up to the same limit. */
export async function readBody(request: ServerRequest): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) throw new BodyTooLargeError();
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > limits.bodyBytes) throw new BodyTooLargeError();
    pieces.push(piece);
  }
  const body = Buffer.concat(pieces);
  const encoding = request.headers['content-encoding'];
  const decode = typeof encoding === 'string' ? decoders[encoding.trim().toLowerCase()] : undefined;
  if (decode === undefined) return body;
  try {
    return await decode(body);
  } catch (error) {
    if (
      error instanceof RangeError ||
      (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
    )
      throw new BodyTooLargeError();
    throw new RavenException(
      'System.IO.InvalidDataException',
      'The archive entry was compressed using an unsupported compression method.',
    );
  }
}
