import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { unzipSync } from 'fflate';
import type { Reply } from '../http/reply.ts';
import { StartError } from '../start-error.ts';
import { typeOfFile } from './app-files.ts';

/** Files of RavenDB's Studio by their path below `/studio/`. */
export type StudioFiles = ReadonlyMap<string, Uint8Array>;

/** Nobody but a debugger asks for them, and they are longer than all the rest. */
const isWanted = (name: string): boolean => !name.endsWith('/') && extname(name) !== '.map';

function readFolder(folder: string): Map<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => join(folder, name)).filter((path) => isWanted(path) && statSync(path).isFile());
  return new Map(files.map((path) => [relative(folder, path).replaceAll(sep, '/'), readFileSync(path)]));
}

function readZip(file: string): Map<string, Uint8Array> {
  return new Map(Object.entries(unzipSync(readFileSync(file), { filter: ({ name }) => isWanted(name) })));
}

/**
 * Reads the user's own copy of Studio: the `Raven.Studio.zip` that comes with a RavenDB server, or the folder that it was unpacked to.
 * @throws StartError when it can't be read or isn't one
 */
export function readStudio(path: string): StudioFiles {
  let files: Map<string, Uint8Array>;
  try {
    files = statSync(path).isDirectory() ? readFolder(path) : readZip(path);
  } catch (error) {
    throw new StartError(
      `RavenDB Studio can't be read from ${path} (${error instanceof Error ? error.message : String(error)}): name the Raven.Studio.zip of a RavenDB server, or the folder it was unpacked to.`,
    );
  }
  if (!files.has('index.html'))
    throw new StartError(
      `${path} holds no RavenDB Studio: name the Raven.Studio.zip of a RavenDB server, or the folder it was unpacked to.`,
    );
  return files;
}

/**
 * As RavenDB sends them. Studio brings no policy of its own, and writes styles and code into its page; its forms need their origin, which a
 * `Referrer-Policy` would take away.
 */
const headers = {
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
} as const;

export function studioFile(files: StudioFiles, name: string): Reply | undefined {
  const body = files.get(name);
  return (
    body && { status: 200, headers: { 'content-type': typeOfFile(name), ...headers }, body, cacheKey: `studio ${name}` }
  );
}
