// The smoke on real servers of other versions: what people do every day, and what each version lacks.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { endToEnd } from './e2e.mjs';
import { stage } from './stage.mjs';

const run = promisify(execFile);

/** The versions that are tried, by the names that the command which starts them has for them. */
const versions = new Map([
  ['5.2.0', '5.4.115'],
  ['5.4.0', '5.4.207'],
  ['6.2.4', '6.2.4'],
  ['7.1.5', '7.1.5'],
]);

/** The smoke on one fresh server, named by its environment file. */
const smoke = (name, file) =>
  stage(`versions, ${name}`, () => endToEnd({ RAVEN_ENV_FILE: resolve(file), E2E_TESTS: 'e2e/versions' }));

/** On servers that run already. @param {readonly string[]} files */
export async function smokeOn(files) {
  for (const file of files) await smoke(file, file);
}

/**
 * On one server of each version, started and stopped one after the other.
 * @param {string} command takes `start DIR` and `stop DIR`, the version in REAL_RAVENDB_VERSION, and writes DIR/env
 */
export async function smokeWith(command) {
  for (const [version, name] of versions) {
    const dir = await mkdtemp(join(tmpdir(), 'raven-version-'));
    try {
      await run(command, ['start', dir], { env: { ...process.env, REAL_RAVENDB_VERSION: version } });
      await smoke(name, join(dir, 'env'));
    } catch (error) {
      await stage(`versions, ${name}`, () => Promise.reject(error));
    } finally {
      await run(command, ['stop', dir]);
      await rm(dir, { recursive: true, force: true });
    }
  }
}
