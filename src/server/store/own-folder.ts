import { lstatSync, mkdirSync, realpathSync, type Stats } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartError } from '../start-error.ts';

/** What a node and its console keep in a data folder. What else is in there is none of their business. */
const kept = {
  files: ['server.pfx', 'server.pem', 'authority.pfx', 'ca.crt', 'client.pem', 'client.pfx', 'env'],
  folders: ['store'],
  inFolders: ['store/data.mdb', 'store/lock.mdb'],
} as const;

/**
 * Makes a data folder where there is none, and looks at one that is there before anything in it is read or written: keys and rights must not
 * come from, or go to, somebody else. It and what is kept in it belong to the user of this process (to root where root runs it, which is as
 * easily led astray), can be written by nobody else, and are no links. Those who may write its parent could put another in its place: that
 * is the business of who chose it, and `/tmp`, where only owners move what is theirs, is good enough.
 * @returns its real path
 * @throws StartError; nothing was made or changed then
 */
export function openOwnFolder(path: string): string {
  try {
    if (find(path) === undefined) mkdirSync(path, { recursive: true, mode: 0o700 });
    requireOwn(`The data folder ${path}`, path, 'folder', find(path));
    for (const name of kept.folders) requireIfThere(path, name, 'folder');
    for (const name of [...kept.files, ...kept.inFolders]) requireIfThere(path, name, 'file');
    return realpathSync(path);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new StartError(`The data folder ${path} can't be used (${code}).`);
  }
}

/**
 * The same for one file that is trusted as it is: what is in it was written by the user of this process.
 * @param what how a sentence calls it, e.g. `The file /home/a/env`
 * @throws StartError
 */
export function requireOwnFile(what: string, path: string): void {
  const found = find(path);
  if (found !== undefined) requireOwn(what, path, 'file', found);
}

function requireIfThere(folder: string, name: string, kind: 'file' | 'folder'): void {
  const path = join(folder, name);
  const found = find(path);
  if (found !== undefined) requireOwn(`${path} in the data folder`, path, kind, found);
}

/** Undefined where there is nothing; of a link the link itself, never what it leads to. */
const find = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

function requireOwn(what: string, path: string, kind: 'file' | 'folder', found: Stats | undefined): void {
  if (found?.isSymbolicLink() === true)
    throw new StartError(`${what} is a link to somewhere else: name the place itself, or use another folder.`);
  if (found === undefined || !(kind === 'file' ? found.isFile() : found.isDirectory()))
    throw new StartError(`${what} is no ${kind}: use another folder.`);
  // Windows has neither users by number nor these rights.
  const user = process.geteuid?.();
  if (user === undefined) return;
  if (found.uid !== user)
    throw new StartError(
      `${what} belongs to another user (${found.uid}, and this process runs as ${user}): use a folder of your own.`,
    );
  if ((found.mode & 0o022) !== 0)
    throw new StartError(
      `${what} can be written by others: run “chmod go-w ${resolve(path)}” if nobody tampered with it, or use another folder.`,
    );
}
