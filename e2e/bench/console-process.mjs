import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('../..', import.meta.url));

const parseEnv = (text) =>
  Object.fromEntries(
    text
      .split('\n')
      .flatMap((line) =>
        (/^(\w+)=(.*)$/.exec(line) ?? []).slice(1, 3).length ? [/^(\w+)=(.*)$/.exec(line).slice(1, 3)] : [],
      ),
  );

/**
 * The console as `npm start` runs it, on free ports and a data folder of its own.
 * @param {string[]} options of `npm start`
 * @returns {Promise<{env: Record<string, string>, startedIn: number, residentBytes(): Promise<number>, stop(): Promise<void>}>}
 *   `startedIn`: milliseconds until it was ready
 */
export async function startConsole(options = []) {
  const dataDir = await mkdtemp(join(tmpdir(), 'raven-bench-'));
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [
      join(project, 'src/cli/start.mjs'),
      ...['--data-dir', dataDir, '--listen', '127.0.0.1:0'],
      ...(options.includes('--url') ? [] : ['--server-url', 'https://localhost:0']),
      ...options,
    ],
    { cwd: project, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } },
  );
  let output = '';
  const ready = new Promise((resolve, reject) => {
    const read = (part) => {
      output += part;
      if (/\/sign-in\?/.test(output)) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`the console ended with ${code}:\n${output}`)));
  });
  await ready;
  const startedIn = performance.now() - began;
  const env = parseEnv(await readFile(join(dataDir, 'env'), 'utf8'));
  return {
    env,
    startedIn,
    residentBytes: async () =>
      Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
    stop: async () => {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await new Promise((resolve) => child.once('exit', resolve));
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export { parseEnv };
