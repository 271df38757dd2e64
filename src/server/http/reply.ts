import { limits } from '../limits.ts';

/** What a handler answers; the pipeline sends it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Pieces are sent one after the other, each when the last one was taken. */
  readonly body?: string | Uint8Array | Iterable<string>;
  /** Bodies with the same key are the same: their compressed form may be kept. */
  readonly cacheKey?: string;
  /** The body is there anyhow and the same for all: sending it holds nothing. */
  readonly shared?: true;
  /** Each piece may take megabytes: few are made at the same time. */
  readonly bulky?: true;
}

/** Bytes of a body that isn't made bit by bit; a small one isn't worth counting. */
export function heldBy({ body, shared }: Reply): number {
  if (shared === true || !(typeof body === 'string' || body instanceof Uint8Array)) return 0;
  return body.length > limits.chunkBytes ? body.length : 0;
}

export const jsonType = 'application/json; charset=utf-8';

export function json(value: unknown, status = 200): Reply {
  return { status, headers: { 'content-type': jsonType }, body: JSON.stringify(value) };
}

/** JSON text in pieces. */
export function jsonPieces(body: Iterable<string>, cacheKey?: string): Reply {
  return { status: 200, headers: { 'content-type': jsonType }, body, ...(cacheKey === undefined ? {} : { cacheKey }) };
}

/** RavenDB gives some bodiless answers the JSON type all the same, others none (contract of each route). */
export function empty(status: number, options: { typed?: boolean; headers?: Record<string, string> } = {}): Reply {
  return {
    status,
    headers: {
      ...(options.typed === true ? { 'content-type': jsonType } : {}),
      ...(status === 204 || status === 304 ? {} : { 'content-length': '0' }),
      ...options.headers,
    },
  };
}

export const created = (): Reply => empty(201);
export const notFound = (): Reply => empty(404, { typed: true });

/** A file to save; the name goes into the header as it is, so it must be safe there. */
export function attachment(body: Uint8Array, fileName: string): Reply {
  return {
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename=${fileName}`,
    },
    body,
  };
}

/** The field `Error` alone, as the two-factor routes answer. */
export const plainError = (status: number, message: string): Reply => json({ Error: message }, status);
