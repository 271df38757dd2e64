import { once } from 'node:events';
import { promisify } from 'node:util';
import { constants, createDeflate, createGzip, gzip, type Gzip, type Deflate } from 'node:zlib';
import { limits } from '../limits.ts';
import type { ServerAnswer } from './exchange.ts';
import type { Held } from './held.ts';
import { jsonType, type Reply } from './reply.ts';
import { Turns } from './turns.ts';
import { zstdFrame, zstdReady } from './zstd.ts';

const codings = ['zstd', 'gzip', 'deflate'] as const;
type Coding = (typeof codings)[number];

/**
 * How an answer is compressed for a client that takes these codings: as ASP.NET Core chooses, RavenDB's order being zstd, gzip, deflate.
 * Of what has the highest quality the first; what isn't well-formed counts for nothing; a `*` ends the list.
 */
export function acceptedCoding(header: string | undefined): Coding | undefined {
  let best: { readonly coding: Coding | undefined; readonly quality: number; readonly rank: number } | undefined;
  for (const part of header?.split(',') ?? []) {
    const [, name = '', weight = '1'] = /^\s*([^\s;]+)\s*(?:;\s*q=([01](?:\.\d*)?)\s*)?$/i.exec(part) ?? [];
    const quality = Number(weight);
    const wanted = name === '*' ? 0 : [...codings, 'identity'].indexOf(name.toLowerCase());
    if (wanted >= 0 && quality > 0 && quality <= 1) {
      if (best === undefined || quality > best.quality || (quality === best.quality && wanted < best.rank))
        best = { coding: codings[wanted], quality, rank: wanted };
    }
    if (name === '*') break;
  }
  return best?.coding;
}

/** The compressed form of the last few big answers, by their key. */
const kept = new Map<string, Buffer>();
const keptEntries = 4;
const keptBytes = 32 * 1024 * 1024;

const gzipNow = promisify(gzip);

/** Gathers small pieces, so that each write is worth its while. */
function* gather(pieces: Iterable<string>): Generator<Buffer> {
  let text: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    text.push(piece);
    length += piece.length;
    if (length >= limits.chunkBytes) {
      yield Buffer.from(text.join(''));
      text = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.from(text.join(''));
}

/** Waits until the other side took what was written; false when it went away. */
async function taken(answer: ServerAnswer | Gzip | Deflate, held: Held): Promise<boolean> {
  if (answer.destroyed) return false;
  const end = new AbortController();
  const events = ['drain', 'close', 'error'].map((name) =>
    once(answer, name, { signal: end.signal }).catch(() => undefined),
  );
  await Promise.race(events);
  end.abort();
  held.moved();
  return !answer.destroyed;
}

/** Gathers what is sent for a key, to be sent again; a big one isn't kept. */
class Keeper {
  readonly #key: string | undefined;
  readonly #pieces: Uint8Array[] = [];
  #size = 0;

  constructor(key: string | undefined) {
    this.#key = key;
  }

  add(piece: Uint8Array): void {
    this.#size += piece.length;
    if (this.#key !== undefined && this.#size <= keptBytes) this.#pieces.push(piece);
  }

  keep(): void {
    if (this.#key === undefined || this.#size > keptBytes) return;
    kept.set(this.#key, Buffer.concat(this.#pieces));
    for (const old of kept.keys()) {
      if (kept.size <= keptEntries) break;
      kept.delete(old);
    }
  }
}

/** How many bulky pieces are being made at the same time. */
const making = new Turns(4);

/** The pieces of a body, in chunks; a big one is held until the last of its chunks was taken. */
async function* chunksOf({ body, bulky }: PieceReply, held: Held): AsyncGenerator<Uint8Array> {
  const pieces = gather(body);
  for (;;) {
    const made = bulky === true ? await making.take() : undefined;
    // One after the other would keep everybody else waiting until the memory is full.
    if (bulky === true) await new Promise((resolve) => setImmediate(resolve));
    let piece: Buffer;
    let big: boolean;
    try {
      const next = pieces.next();
      if (next.done === true) return;
      piece = next.value;
      big = piece.length > 2 * limits.chunkBytes;
      if (big && !(await held.wait(piece.length))) return;
    } finally {
      made?.();
    }
    if (!big) yield piece;
    else {
      yield* cut(piece);
      held.give(piece.length);
    }
  }
}

function* cut(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += limits.chunkBytes) yield bytes.subarray(at, at + limits.chunkBytes);
}

async function sendPieces(
  answer: ServerAnswer,
  reply: PieceReply,
  coding: Coding | undefined,
  held: Held,
  key?: string,
) {
  const keeper = new Keeper(key);
  const chunks = chunksOf(reply, held);
  if (coding === undefined || coding === 'zstd') {
    if (coding !== undefined) await zstdReady();
    let last: Uint8Array | undefined;
    for await (const chunk of chunks) {
      const piece = coding === undefined ? chunk : zstdFrame(chunk);
      keeper.add(piece);
      if (last !== undefined && !writeTo(answer, last) && !(await taken(answer, held))) return;
      last = piece;
    }
    // The last piece goes together with the end: a short answer is one packet.
    answer.end(last ?? '');
    keeper.keep();
    return;
  }
  const options = { level: constants.Z_BEST_SPEED };
  const coder = coding === 'gzip' ? createGzip(options) : createDeflate(options);
  const forward = (async () => {
    for await (const piece of coder as AsyncIterable<Buffer>) {
      keeper.add(piece);
      if (!writeTo(answer, piece) && !(await taken(answer, held))) return;
    }
    answer.end();
    keeper.keep();
  })();
  for await (const chunk of chunks) {
    if (answer.destroyed) break;
    if (!coder.write(chunk)) await taken(coder, held);
  }
  if (answer.destroyed) coder.destroy();
  else coder.end();
  await forward.catch(() => undefined);
}

function writeTo(answer: ServerAnswer, piece: Uint8Array): boolean {
  // Both kinds of answer take a buffer, but TypeScript sees no common signature.
  return 'stream' in answer ? answer.write(piece) : answer.write(piece);
}

/** Sends bytes that are there already, no more of them at once than are taken: TLS makes a copy of what it is given. */
async function sendBytes(answer: ServerAnswer, bytes: Uint8Array, held: Held): Promise<void> {
  if (bytes.length <= limits.chunkBytes) {
    answer.end(bytes);
    return;
  }
  if (!('stream' in answer)) answer.setHeader('content-length', bytes.length);
  for (const chunk of cut(bytes)) if (!writeTo(answer, chunk) && !(await taken(answer, held))) return;
  answer.end();
}

/** A reply whose body is made bit by bit. */
type PieceReply = Pick<Reply, 'bulky'> & { readonly body: Iterable<string> };

/**
 * Sends a reply, compressed when it is JSON and the client takes that. Never throws: a client that goes away is no error.
 * @param held the memory of the request
 */
export async function send(
  answer: ServerAnswer,
  reply: Reply,
  acceptEncoding: string | undefined,
  held: Held,
): Promise<void> {
  if (answer.destroyed) return;
  const { status, headers, body } = reply;
  const compressible = body !== undefined && headers['content-type'] === jsonType;
  const coding = compressible ? acceptedCoding(acceptEncoding) : undefined;
  answer.statusCode = status;
  for (const [name, value] of Object.entries(headers)) answer.setHeader(name, value);
  if (coding !== undefined) answer.setHeader('content-encoding', coding);
  // As ASP.NET Core does: for whoever asks, also when nothing was compressed in the end.
  if (compressible && (acceptEncoding ?? '').trim() !== '')
    answer.setHeader('vary', headers.vary === undefined ? 'Accept-Encoding' : `${headers.vary}, Accept-Encoding`);
  if (body === undefined || answer.req.method === 'HEAD') {
    answer.end();
    return;
  }
  const key = coding === undefined || reply.cacheKey === undefined ? undefined : `${coding} ${reply.cacheKey}`;
  const stored = key === undefined ? undefined : kept.get(key);
  if (stored !== undefined) await sendBytes(answer, stored, held);
  else if (typeof body !== 'string' && !(body instanceof Uint8Array))
    await sendPieces(answer, { ...reply, body }, coding, held, key);
  else if (coding === 'gzip') await sendBytes(answer, await gzipNow(body, { level: constants.Z_BEST_SPEED }), held);
  else if (coding === undefined && body.length <= limits.chunkBytes) answer.end(body);
  else if (coding === undefined) await sendBytes(answer, Buffer.from(body), held);
  else await sendPieces(answer, { body: [String(body)] }, coding, held);
}
