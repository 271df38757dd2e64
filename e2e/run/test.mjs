// `npm test`: installs what it needs and proves everything. The last line says how much.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled } from '../../src/cli/ensure-built.mjs';
import { conformanceStages } from './conformance.mjs';
import { endToEnd } from './e2e.mjs';
import { project } from './project.mjs';
import { atLeastOneFailure, conclude, nothing, run, stage } from './stage.mjs';

const say = (text) => process.stdout.write(`${text}\n`);
const npmScript = (name) => async () => {
  const npm = process.env.npm_execpath;
  const command = npm === undefined ? ['npm'] : [process.execPath, npm];
  const { code } = await run([...command, 'run', '--silent', name], {}, true);
  return atLeastOneFailure(code, nothing);
};

async function unit() {
  const folder = await mkdtemp(join(tmpdir(), 'raven-unit-'));
  try {
    const results = join(folder, 'results.json');
    const vitest = join(project, 'node_modules/vitest/vitest.mjs');
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${results}`];
    const { code } = await run([process.execPath, vitest, 'run', ...reporters]);
    const read = JSON.parse(await readFile(results, 'utf8').catch(() => 'null'));
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

try {
  await ensureInstalled(project, say);
} catch (error) {
  say(error.message);
  process.exit(1);
}
// Two at a time: neither uses more than one core.
await Promise.all([stage('lint', npmScript('lint')), stage('types', npmScript('types'))]);
await stage('unit', unit);
const built = await stage('build', async () => {
  await ensureBuilt(project, say);
  return nothing;
});
if (built.failed === 0) {
  await conformanceStages();
  await stage('end to end', () => endToEnd());
}
conclude();
