import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CommandError, usageError } from './command-error.ts';

/** What Windows and shells can't take in a file's name, and marks that make a name look like another. */
const unsafe = /[\p{Cc}\p{Cs}<>:"/\\|?*\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/gu;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** File systems take 255 bytes; the rest is for what stands before and after the name. */
const longest = 180;

/** A name that stays in its folder on every system, made of any text: `../../up` becomes `_.._up`. */
export function safeFileName(name: string): string {
  let safe = name
    .replace(unsafe, '_')
    .replace(/^[.\s]+/, '_')
    .replace(/(?<![.\s])[.\s]+$/, '');
  if (reserved.test(safe)) safe = `_${safe}`;
  const characters = Array.from(safe.slice(0, longest));
  while (Buffer.byteLength(characters.join('')) > longest) characters.pop();
  return characters.join('') || '_';
}

/** A place for a file that is certain to be there before the work begins whose only result it takes. */
export interface ReservedFile {
  readonly path: string;
  /** Writes and puts the file in place, readable by its owner only. */
  readonly write: (content: Uint8Array) => Promise<void>;
  /** Takes back the reservation; does nothing after `write`. */
  readonly discard: () => Promise<void>;
}

/** Files that are ours and not done: what has to go when the process is ended in the middle. */
const unfinished = new Set<string>();

/** Takes back every reservation at once, for a process that is about to end. */
export function dropReservations(): void {
  for (const path of unfinished) rmSync(path, { force: true });
  unfinished.clear();
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';

const cantWrite = (path: string, error: unknown): CommandError =>
  new CommandError(`${path} can't be written (${codeOf(error)}).`, 'Choose another folder, or make room there.');

/** The empty file that keeps the name for us. */
async function claim(path: string): Promise<void> {
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if (codeOf(error) === 'EEXIST')
      throw usageError(`${path} exists already.`, 'Choose another folder or name, or add --force to overwrite it.');
    throw cantWrite(path, error);
  }
}

/**
 * Takes the name and opens a file beside it, so that nothing can be in the way afterwards: a private key that a server hands out once
 * must find its place. The folder is made when it isn't there.
 * @throws CommandError when the file exists (without `force`) or can't be written; then nothing was left behind
 */
export async function reserveFile(path: string, { force }: { readonly force: boolean }): Promise<ReservedFile> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw cantWrite(dirname(path), error);
  });
  if (!force) await claim(path);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  let file: FileHandle;
  try {
    file = await open(temporary, 'wx', 0o600);
  } catch (error) {
    if (!force) await rm(path, { force: true });
    throw cantWrite(path, error);
  }
  const own = force ? [temporary] : [temporary, path];
  for (const each of own) unfinished.add(each);
  const settle = () => {
    for (const each of own) unfinished.delete(each);
  };
  let done = false;
  const discard = async () => {
    if (done) return;
    done = true;
    settle();
    await file.close().catch(() => undefined);
    for (const each of own) await rm(each, { force: true });
  };
  return {
    path,
    discard,
    write: async (content) => {
      try {
        await file.writeFile(content);
        await file.sync();
        await file.close();
        await rename(temporary, path);
        done = true;
        settle();
      } catch (error) {
        await discard();
        throw cantWrite(path, error);
      }
    },
  };
}
