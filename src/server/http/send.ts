import { once } from 'node:events';
import { promisify } from 'node:util';
import { constants, createDeflate, createGzip, gzip, type Gzip, type Deflate } from 'node:zlib';
import { limits } from '../limits.ts';
import type { ServerAnswer } from './exchange.ts';
import { jsonType, type Reply } from './reply.ts';
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
async function taken(answer: ServerAnswer | Gzip | Deflate): Promise<boolean> {
  if (answer.destroyed) return false;
  const end = new AbortController();
  const events = ['drain', 'close', 'error'].map((name) =>
    once(answer, name, { signal: end.signal }).catch(() => undefined),
  );
  await Promise.race(events);
  end.abort();
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

function* frames(pieces: Iterable<Buffer>): Generator<Uint8Array> {
  for (const piece of pieces) yield zstdFrame(piece);
}

async function sendPieces(answer: ServerAnswer, pieces: Iterable<string>, coding: Coding | undefined, key?: string) {
  const keeper = new Keeper(key);
  if (coding === undefined || coding === 'zstd') {
    if (coding !== undefined) await zstdReady();
    let last: Uint8Array | undefined;
    for (const piece of coding === undefined ? gather(pieces) : frames(gather(pieces))) {
      keeper.add(piece);
      if (last !== undefined && !writeTo(answer, last) && !(await taken(answer))) return;
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
      if (!writeTo(answer, piece) && !(await taken(answer))) return;
    }
    answer.end();
    keeper.keep();
  })();
  for (const piece of gather(pieces)) {
    if (answer.destroyed) break;
    if (!coder.write(piece)) await taken(coder);
  }
  if (answer.destroyed) coder.destroy();
  else coder.end();
  await forward.catch(() => undefined);
}

function writeTo(answer: ServerAnswer, piece: Uint8Array): boolean {
  // Both kinds of answer take a buffer, but TypeScript sees no common signature.
  return 'stream' in answer ? answer.write(piece) : answer.write(piece);
}

/** Sends a reply, compressed when it is JSON and the client takes that. Never throws: a client that goes away is no error. */
export async function send(answer: ServerAnswer, reply: Reply, acceptEncoding: string | undefined): Promise<void> {
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
  if (stored !== undefined) answer.end(stored);
  else if (typeof body !== 'string' && !(body instanceof Uint8Array)) await sendPieces(answer, body, coding, key);
  else if (coding === 'gzip') answer.end(await gzipNow(body, { level: constants.Z_BEST_SPEED }));
  else if (coding === undefined) answer.end(body);
  else await sendPieces(answer, [String(body)], coding);
}
