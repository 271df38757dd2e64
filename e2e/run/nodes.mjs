// The server side on each Node that package.json promises: node e2e/run/nodes.mjs [20 22 24]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled } from '../../src/cli/ensure-built.mjs';
import { project } from './project.mjs';
import { atLeastOneFailure, conclude, countsIn, nothing, run, stage, sum } from './stage.mjs';
import { vitest } from './vitest.mjs';

/** What rests most on Node itself and is quick: HTTP, TLS, WebCrypto, threads, and (by the console that is started) the native store. */
const specs = [
  'src/gateway',
  'src/pki/parse-certificate',
  'src/pki/read-certificate-file',
  'src/pki/chain',
  'src/pki/totp',
  'src/server/crypto',
  'src/server/http/zstd',
  'src/cli/raven-fetch',
  'src/cli/start/',
];

/** Path of a Node of that major version; undefined where none can be had. */
function findNode(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const { status, stdout } = spawnSync(
    'npx',
    ['--yes', '--package', `node@${major}`, '--', 'node', '--print', 'process.execPath'],
    { encoding: 'utf8', timeout: 300_000, shell: process.platform === 'win32', cwd: project },
  );
  return status === 0 ? stdout.trim().split('\n').at(-1) : undefined;
}

async function check(node) {
  const { code, text } = await run([node, join(project, 'e2e/run/start-and-use.mjs')]);
  const used = atLeastOneFailure(code, countsIn(text));
  return sum([used, await vitest(['--reporter=dot', ...specs], {}, node)]);
}

const say = (text) => process.stdout.write(`${text}\n`);
await ensureInstalled(project, say);
await ensureBuilt(project, say);
const asked = process.argv.slice(2);
for (const major of asked.length > 0 ? asked : ['20', '22', '24'])
  await stage(`node ${major}`, () => {
    const node = findNode(major);
    if (node !== undefined) return check(node);
    say(`No Node ${major} can be had here.`);
    return { ...nothing, skipped: 1 };
  });
conclude();
