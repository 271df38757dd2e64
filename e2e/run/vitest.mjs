import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { project } from './project.mjs';
import { atLeastOneFailure, nothing, run, took } from './stage.mjs';

/**
 * Runs Vitest.
 * @param {readonly string[]} more its arguments
 * @param {Record<string, string>} [env]
 * @param {string} [node] path of the Node that runs them
 */
export async function vitest(more = [], env = {}, node = process.execPath) {
  const folder = await mkdtemp(join(tmpdir(), 'raven-unit-'));
  try {
    const results = join(folder, 'results.json');
    const script = join(project, 'node_modules/vitest/vitest.mjs');
    const reporters = ['--reporter=json', `--outputFile.json=${results}`];
    const { code } = await run([node, script, 'run', ...reporters, ...more], env);
    const read = JSON.parse(await readFile(results, 'utf8').catch(() => 'null'));
    for (const { name, startTime, endTime } of read?.testResults ?? [])
      took(relative(project, name), (endTime - startTime) / 1000);
    const counts =
      read === null
        ? nothing
        : {
            passed: read.numPassedTests,
            failed: read.numFailedTests,
            skipped: read.numPendingTests + (read.numTodoTests ?? 0),
          };
    return atLeastOneFailure(code, counts);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
