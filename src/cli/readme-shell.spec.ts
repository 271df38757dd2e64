import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandHarness, startHarness } from './command-harness.ts';

const readme = new URL('../../README.md', import.meta.url);

let harness: CommandHarness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

/** The clock of this test where it is a shifted one (libfaketime): what the shell starts lives on the same day. */
const clock = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => /^(LD_PRELOAD|FAKETIME.*)$/.test(name)),
);

/** The `sh` blocks under a heading of the README, in their order, as printed. */
async function shellBlocks(heading: string): Promise<string[]> {
  const text = await readFile(readme, 'utf8');
  const section = text.split(/^(?=#{1,3} )/m).find((part) => part.startsWith(heading));
  return [...(section ?? '').matchAll(/^```sh\n(.*?)^```$/gms)].map(([, code = '']) => code);
}

test('the README’s ways to the first admin certificate work as printed', async () => {
  const blocks = await shellBlocks('### The first admin certificate');
  expect(blocks.some((block) => block.startsWith('curl '))).toBe(true);
  expect(blocks.some((block) => block.startsWith('wget '))).toBe(true);
  const folder = join(harness.folder, 'readme');
  await mkdir(folder);
  const { RAVENDB_URL = '', RAVENDB_ADMIN_PFX = '', RAVENDB_CA = '' } = harness.env;
  await promisify(execFile)('sh', ['-eu', '-c', blocks.join('\n')], {
    cwd: folder,
    env: { ...clock, PATH: process.env.PATH ?? '', RAVENDB_URL, RAVENDB_ADMIN_PFX, RAVENDB_CA },
  });
  // Nothing of the server's key stays behind.
  expect((await readdir(folder)).sort()).toEqual(['first-admin.zip', 'second-admin.zip']);
  for (const name of ['first-admin.zip', 'second-admin.zip']) {
    const pfx = unzipSync(await readFile(join(folder, name)))['first-admin.pfx'];
    const [file, passphrase] = [join(harness.folder, `${name}.pfx`), join(harness.folder, 'chosen')];
    await writeFile(file, pfx ?? '');
    await writeFile(passphrase, 'choose one\n');
    const as = ['--url', RAVENDB_URL, '--ca', RAVENDB_CA, '--pfx', file, '--passphrase-file', passphrase];
    const { output } = await harness.run(['whoami', '--json', ...as]);
    expect(JSON.parse(output)).toMatchObject({ name: 'first-admin', clearance: 'ClusterAdmin' });
  }
});
