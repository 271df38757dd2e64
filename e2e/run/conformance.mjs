// Holds the embedded node against the recordings of a real RavenDB: node e2e/run/conformance.mjs [--only TEXT]
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled } from '../../src/cli/ensure-built.mjs';
import { configurations, settingsOf } from './conformance-settings.mjs';
import { startConsole } from './console-process.mjs';
import { project } from './project.mjs';
import { atLeastOneFailure, conclude, countsIn, run, stage } from './stage.mjs';

/**
 * Compares one server with the recordings.
 * @param {Readonly<Record<string, string>>} env as in DATA_DIR/env
 * @param {string} config
 * @param {readonly string[]} more arguments of the comparer
 */
export async function compare(env, config, more = []) {
  const script = join(project, 'e2e/conformance/compare.mjs');
  const server = ['--url', env.RAVENDB_URL, '--pem', env.RAVENDB_ADMIN_PEM, '--ca', env.RAVENDB_CA];
  const { code, text } = await run([process.execPath, script, ...server, '--config', config, ...more]);
  return atLeastOneFailure(code, countsIn(text));
}

async function compareEmbedded(config, more) {
  const folder = await mkdtemp(join(tmpdir(), 'raven-conformance-'));
  const file = join(folder, 'settings.json');
  await writeFile(file, JSON.stringify(settingsOf(config)));
  let node;
  try {
    node = await startConsole(['--as-ravendb', '--settings', file]);
    return await compare(node.env, config, more);
  } finally {
    await node?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** All scenarios on embedded nodes, one for each configuration. @param {readonly string[]} more arguments of the comparer */
export async function conformanceStages(more = []) {
  for (const config of await configurations())
    await stage(config === 'default' ? 'conformance' : `conformance, ${config}`, () => compareEmbedded(config, more));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
  const say = (text) => process.stdout.write(`${text}\n`);
  await ensureInstalled(project, say);
  await ensureBuilt(project, say);
  await conformanceStages(only === undefined ? [] : ['--only', only]);
  conclude();
}
