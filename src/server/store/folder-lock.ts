import { createHash } from 'node:crypto';
import { mkdirSync, statSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The lock of a data folder, held by this process. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Thrown when another process holds the folder; `pid` is that process when it answered. */
export class FolderHeldError extends Error {
  readonly pid: number | undefined;
  constructor(pid: number | undefined) {
    super('The folder is held by another process.');
    this.name = 'FolderHeldError';
    this.pid = pid;
  }
}

/**
 * Keeps a second process out of a data folder (LMDB itself lets it in). The lock is a listening local socket whose name is made of
 * the folder's device and inode: the system drops it with the process, so a crash leaves nothing behind. An abstract
 * socket on Linux, a named pipe on Windows; elsewhere a socket file, which is probed and replaced when nobody listens.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { dev, ino } = statSync(folder, { bigint: true });
  const name = `raven-certificates-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 32)}`;
  const address =
    process.platform === 'linux'
      ? `\0${name}`
      : process.platform === 'win32'
        ? `\\\\.\\pipe\\${name}`
        : join(tmpdir(), name);
  for (let attempt = 0; ; attempt++) {
    const server = await listen(address);
    if (server !== undefined) return { release: () => close(server) };
    const holder = await probe(address);
    if (holder !== 'nobody' || attempt > 2) throw new FolderHeldError(holder === 'nobody' ? undefined : holder);
    // A socket file whose process died; only where the lock is a file.
    if (!address.startsWith('\0') && process.platform !== 'win32') unlinkSync(address);
  }
}

/** Resolves to undefined when the address is in use. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    // Whoever asks is told which process holds the folder.
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(String(process.pid));
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

/** Who listens: a process id, undefined when it didn't say within a second, 'nobody' when the connection is refused. */
function probe(address: string): Promise<number | undefined | 'nobody'> {
  return new Promise((resolve) => {
    const socket = connect(address);
    let text = '';
    const timer = setTimeout(() => {
      socket.destroy();
      resolve(undefined);
    }, 1_000);
    const done = (result: number | undefined | 'nobody') => {
      clearTimeout(timer);
      resolve(result);
    };
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('end', () => done(/^\d+$/.test(text) ? Number(text) : undefined));
    socket.on('error', () => done('nobody'));
  });
}
