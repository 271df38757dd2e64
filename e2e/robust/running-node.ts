import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment, parseEnv, project } from '../run/project.mjs';

/** The built embedded node in a process of its own, which a test may kill. */
export interface NodeProcess {
  readonly pid: number;
  readonly url: URL;
  /** Certificate and key of the server, which RavenDB lets in as a cluster admin. */
  readonly pem: string;
  readonly ca: string;
  readonly dataDir: string;
  /** Everything that it printed. */
  output(): string;
  /** The most bytes of memory that were in use since `forgetPeak`; Linux only, elsewhere 0. */
  peakBytes(): number;
  forgetPeak(): void;
  alive(): boolean;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Ends it as a person would; its exit code. */
  stop(): Promise<number | null>;
}

/** Thrown when the node ended instead of starting. */
export class DidNotStart extends Error {
  readonly code: number | null;
  readonly printed: string;
  constructor(code: number | null, printed: string) {
    super(`The node ended with ${String(code)}:\n${printed}`);
    this.code = code;
    this.printed = printed;
  }
}

export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'raven-robust-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * Starts a node on a folder that stays.
 * @param env more of the environment, e.g. LD_PRELOAD
 * @throws DidNotStart
 */
export async function startNodeProcess(
  dataDir: string,
  options: { readonly env?: Readonly<Record<string, string>>; readonly arguments?: readonly string[] } = {},
): Promise<NodeProcess> {
  const main = join(project, 'dist/node/main.mjs');
  const where = ['--data-dir', dataDir, '--listen', '127.0.0.1:0', '--server-url', 'https://localhost:0'];
  const child = spawn(process.execPath, [main, 'start', ...where, ...(options.arguments ?? [])], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment({ NO_COLOR: '1', TZ: 'UTC', ...options.env }),
  });
  let printed = '';
  const ended = once(child, 'exit') as Promise<[number | null]>;
  await new Promise<void>((resolve, reject) => {
    const read = (part: string) => {
      printed += part;
      if (printed.includes('/sign-in?token=')) resolve();
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    child.once('close', (code) => reject(new DidNotStart(code, printed)));
  });
  const env = parseEnv(readFileSync(join(dataDir, 'env'), 'utf8')) as Record<string, string>;
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (isAlive(child)) child.kill(signal);
    const [code] = await ended;
    return code;
  };
  return {
    pid: child.pid ?? 0,
    url: new URL(env.RAVENDB_URL ?? ''),
    pem: readFileSync(env.RAVENDB_ADMIN_PEM ?? '', 'utf8'),
    ca: readFileSync(env.RAVENDB_CA ?? '', 'utf8'),
    dataDir,
    output: () => printed,
    peakBytes: () => peakBytes(child.pid ?? 0),
    forgetPeak: () => {
      // proc(5): 5 sets the peak to what is in use now.
      if (process.platform === 'linux') writeFileSync(`/proc/${child.pid ?? 0}/clear_refs`, '5');
    },
    alive: () => isAlive(child),
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function peakBytes(pid: number): number {
  if (process.platform !== 'linux') return 0;
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes ?? 0) * 1024;
}
