import { once } from 'node:events';
import { promisify } from 'node:util';
import { constants, createDeflate, createGzip, gzip, type Gzip, type Deflate } from 'node:zlib';
import { limits } from '../limits.ts';
import type { ServerAnswer } from './exchange.ts';
import { jsonType, type Reply } from './reply.ts';

type Coding = 'gzip' | 'deflate';

/** Which compression of ours the client takes (RFC 9110, 12.5.3), gzip first. */
export function acceptedCoding(header: string | undefined): Coding | undefined {
  const weights = new Map<string, number>();
  for (const part of header?.split(',') ?? []) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = parameters.find((text) => text.startsWith('q='))?.slice(2);
    weights.set(name, quality === undefined ? 1 : Number(quality));
  }
  return (['gzip', 'deflate'] as const).find((coding) => (weights.get(coding) ?? weights.get('*') ?? 0) > 0);
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

async function sendPieces(answer: ServerAnswer, pieces: Iterable<string>, coding: Coding | undefined, key?: string) {
  if (coding === undefined) {
    let last: Buffer | undefined;
    for (const piece of gather(pieces)) {
      if (last !== undefined && !writeTo(answer, last) && !(await taken(answer))) return;
      last = piece;
    }
    // The last piece goes together with the end: a short answer is one packet.
    answer.end(last ?? '');
    return;
  }
  const options = { level: constants.Z_BEST_SPEED };
  const coder = coding === 'gzip' ? createGzip(options) : createDeflate(options);
  const keep: Buffer[] | undefined = key === undefined || coding !== 'gzip' ? undefined : [];
  const forward = (async () => {
    let size = 0;
    for await (const piece of coder as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size <= keptBytes) keep?.push(piece);
      if (!writeTo(answer, piece) && !(await taken(answer))) return;
    }
    answer.end();
    if (keep !== undefined && key !== undefined && size <= keptBytes) keepCompressed(key, Buffer.concat(keep));
  })();
  for (const piece of gather(pieces)) {
    if (answer.destroyed) break;
    if (!coder.write(piece)) await taken(coder);
  }
  if (answer.destroyed) coder.destroy();
  else coder.end();
  await forward.catch(() => undefined);
}

function writeTo(answer: ServerAnswer, piece: Buffer): boolean {
  // Both kinds of answer take a buffer, but TypeScript sees no common signature.
  return 'stream' in answer ? answer.write(piece) : answer.write(piece);
}

function keepCompressed(key: string, bytes: Buffer): void {
  kept.set(key, bytes);
  for (const old of kept.keys()) {
    if (kept.size <= keptEntries) break;
    kept.delete(old);
  }
}

/** Sends a reply, compressed when it is JSON and the client takes that. Never throws: a client that goes away is no error. */
export async function send(answer: ServerAnswer, reply: Reply, acceptEncoding: string | undefined): Promise<void> {
  if (answer.destroyed) return;
  const { status, headers, body } = reply;
  const coding =
    body === undefined || headers['content-type'] !== jsonType ? undefined : acceptedCoding(acceptEncoding);
  answer.statusCode = status;
  for (const [name, value] of Object.entries(headers)) answer.setHeader(name, value);
  if (coding !== undefined) {
    answer.setHeader('content-encoding', coding);
    const vary = headers.vary;
    answer.setHeader('vary', vary === undefined ? 'Accept-Encoding' : `${vary}, Accept-Encoding`);
  }
  if (body === undefined) {
    answer.end();
    return;
  }
  const stored = coding === 'gzip' && reply.cacheKey !== undefined ? kept.get(reply.cacheKey) : undefined;
  if (stored !== undefined) answer.end(stored);
  else if (typeof body !== 'string' && !(body instanceof Uint8Array))
    await sendPieces(answer, body, coding, reply.cacheKey);
  else if (coding === 'gzip') answer.end(await gzipNow(body, { level: constants.Z_BEST_SPEED }));
  else if (coding === 'deflate') await sendPieces(answer, [String(body)], coding);
  else answer.end(body);
}
