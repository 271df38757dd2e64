import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnvironment, parseEnv, project } from './project.mjs';

/** How long a console may take to start or to stop, in milliseconds. RSA keys are a matter of luck on a busy machine. */
const patience = 120_000;
/** The same where it installs and builds first. */
const npmPatience = 15 * 60_000;

/**
 * @typedef {object} ConsoleProcess
 * @property {Readonly<Record<string, string>>} env what the console wrote to DATA_DIR/env
 * @property {string} dataDir
 * @property {number} startedIn milliseconds until it was ready
 * @property {() => string} output everything that it printed so far
 * @property {() => Promise<number>} residentBytes memory that it holds now (Linux)
 * @property {() => Promise<number | null>} stop ends it as a person would and removes its folder; its exit code
 */

const within = (promise, what, output, limit) => {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${limit / 1000} s:\n${output()}`)), limit);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/**
 * A console in a process, on free ports and a data folder of its own.
 * @param {readonly string[]} command the program, below the project, and what comes before the options
 * @param {readonly string[]} options of `start`, beside these
 * @param {number} limit milliseconds until it must be ready
 * @returns {Promise<ConsoleProcess>}
 */
async function start([program, ...command], options, limit) {
  const dataDir = await mkdtemp(join(tmpdir(), 'raven-certificates-'));
  const embedded = options.includes('--url') ? [] : ['--server-url', 'https://localhost:0'];
  const args = [...command, '--data-dir', dataDir, '--listen', '127.0.0.1:0', ...embedded, ...options];
  const began = performance.now();
  const child = spawn(process.execPath, [join(project, program), ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment({ NO_COLOR: '1', XDG_CONFIG_HOME: dataDir, TZ: process.env.TEST_TIME_ZONE ?? 'UTC' }),
  });
  let printed = '';
  const output = () => printed;
  const exited = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = new Promise((resolve, reject) => {
    const read = (part) => {
      printed += part;
      if (printed.includes('/sign-in?token=')) resolve(undefined);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    void exited.then((code) => reject(new Error(`The console ended with ${String(code)}:\n${printed}`)));
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    try {
      return await within(exited, 'Stopping the console', output, patience);
    } finally {
      child.kill('SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
    }
  };
  try {
    await within(ready, 'Starting the console', output, limit);
    const startedIn = performance.now() - began;
    const env = parseEnv(await readFile(join(dataDir, 'env'), 'utf8'));
    const residentBytes = async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
    };
    return { env, dataDir, startedIn, output, residentBytes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The built console. @param {readonly string[]} options of `start` @returns {Promise<ConsoleProcess>} */
export const startConsole = (options = []) => start(['dist/node/main.mjs', 'start'], options, patience);

/** The same as `npm start` does it, installing and building what is due. @param {readonly string[]} options of `start` @returns {Promise<ConsoleProcess>} */
export const npmStart = (options = []) => start(['src/cli/start.mjs'], options, npmPatience);
