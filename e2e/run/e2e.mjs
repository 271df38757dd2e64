// The end-to-end tests alone: node e2e/run/e2e.mjs [arguments of Playwright]
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled } from '../../src/cli/ensure-built.mjs';
import { project } from './project.mjs';
import { atLeastOneFailure, conclude, nothing, run, show, stage, took } from './stage.mjs';

/** With more failures than this something is broken, and a second look would only take time. */
const fewFailures = 10;

/**
 * Runs Playwright. In CI the few that failed get a turn by themselves at the end: a fault shows again, what only stumbled over the
 * other tests on a busy machine doesn't, and is named.
 * @param {Record<string, string>} env RAVEN_ENV_FILE for a real server
 * @param {readonly string[]} more arguments of Playwright
 */
export async function endToEnd(env = {}, more = []) {
  const counts = await playwright(env, more);
  if (process.env.CI === undefined || counts.failed === 0 || counts.failed > fewFailures) return counts;
  show('\nWhat failed, by itself:\n');
  const again = await playwright(env, [...more, '--last-failed', '--workers=1']);
  if (again.passed > 0) show(`${again.passed} passed only by itself.\n`);
  return { ...counts, passed: counts.passed + again.passed, failed: again.failed };
}

const secondsOf = ({ suites = [], specs = [] }) =>
  specs.flatMap(({ tests }) => tests.flatMap((test) => test.results)).reduce((all, { duration }) => all + duration, 0) /
    1000 +
  suites.reduce((all, suite) => all + secondsOf(suite), 0);

async function playwright(env, more) {
  // Here, since before the install there is no Playwright to load.
  const { findBrowser } = await import('./browser.mjs');
  const browser = await findBrowser();
  const folder = await mkdtemp(join(tmpdir(), 'raven-e2e-'));
  try {
    const results = join(folder, 'results.json');
    const cli = join(project, 'node_modules/@playwright/test/cli.js');
    const settings = { ...env, BROWSER_PATH: browser, E2E_RESULTS: results };
    const { code } = await run([process.execPath, cli, 'test', ...more], settings);
    const { stats, suites = [] } = JSON.parse(await readFile(results, 'utf8').catch(() => '{}'));
    for (const { file, ...suite } of suites) took(`e2e/specs/${file}`, secondsOf(suite));
    const counts =
      stats === undefined
        ? nothing
        : { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
    if (stats?.flaky > 0) show(`${stats.flaky} passed only when tried again.\n`);
    return atLeastOneFailure(code, counts);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const say = (text) => show(`${text}\n`);
  await ensureInstalled(project, say);
  await ensureBuilt(project, say);
  await stage('end to end', () => endToEnd({}, process.argv.slice(2)));
  conclude();
}
