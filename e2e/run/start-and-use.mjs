// The built console, started and used by the Node that runs this: node e2e/run/start-and-use.mjs
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startConsole } from './console-process.mjs';
import { cleanEnvironment, project } from './project.mjs';
import { line, nothing } from './stage.mjs';

const console_ = await startConsole(['--sample', '20']);
const { CONSOLE_URL } = console_.env;

async function signedIn() {
  const answer = await fetch(CONSOLE_URL, { redirect: 'manual' });
  assert.equal(answer.status, 303);
  return { cookie: answer.headers.get('set-cookie').split(';')[0], 'sec-fetch-site': 'same-origin' };
}

const checks = {
  'the gateway serves the page and RavenDB’s API': async () => {
    const headers = await signedIn();
    const page = await fetch(new URL('/', CONSOLE_URL), { headers });
    assert.match(await page.text(), /<title>Raven Certificates/);
    const list = await fetch(new URL('/raven/admin/certificates?metadataOnly=true', CONSOLE_URL), { headers });
    assert.equal(list.status, 200);
    assert.ok((await list.json()).Results.length > 20);
  },
  'the command line issues a certificate and lists it': async () => {
    const command = (...args) => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(project, 'dist/node/main.mjs'), ...args, '--env', join(console_.dataDir, 'env'), '--json'],
        { encoding: 'utf8', env: cleanEnvironment({ NO_COLOR: '1' }) },
      );
      assert.equal(status, 0, stderr);
      return stdout;
    };
    command('generate', 'made-here', '--clearance', 'Operator', '--no-passphrase', '--output', console_.dataDir);
    assert.match(command('list', '--search', 'made-here'), /made-here/);
  },
};

const counts = { ...nothing };
for (const [what, check] of Object.entries(checks)) {
  try {
    await check();
    counts.passed += 1;
  } catch (error) {
    counts.failed += 1;
    process.stdout.write(`${process.version}, ${what}: ${error.stack}\n`);
  }
}
const code = await console_.stop();
if (code !== 0) process.stdout.write(`The console ended with ${code}:\n${console_.output()}\n`);
if (code === 0) counts.passed += 1;
else counts.failed += 1;
process.stdout.write(`${line(counts)}\n`);
process.exitCode = counts.failed === 0 ? 0 : 1;
