import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CommandHarness, startHarness, writeText } from '../command-harness.ts';

let harness: CommandHarness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

const json = async (...argv: string[]): Promise<unknown> => {
  const { code, output, messages } = await harness.run([...argv, '--json']);
  expect(messages).toBe('');
  expect(code).toBe(0);
  return JSON.parse(output);
};

/** Unpacks the one zip of a folder beside it. @returns the paths of its files by their ending */
async function unpack(zip: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const [name, content] of Object.entries(unzipSync(await readFile(zip)))) {
    const path = join(harness.folder, name);
    await writeFile(path, content, { mode: 0o600 });
    files[path.slice(-3)] = path;
  }
  return files;
}

test('a certificate from its making to its deletion', async () => {
  const folder = join(harness.folder, 'life');
  const passphrase = await writeText(harness.folder, 'passphrase', 'a b\tc \n');
  const made = await json(
    ...['generate', 'orders service', '--grant', 'Orders=readwrite', '--grant', 'Archive=Read'],
    ...['--expires', '90d', '--output', folder, '--certificate-passphrase-file', passphrase],
  );
  const zip = join(folder, 'orders service.zip');
  expect(made).toEqual({ name: 'orders service', clearance: 'ValidUser', file: zip });
  expect((await stat(zip)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['orders service.zip']);

  const { pfx = '', crt = '', key = '' } = await unpack(zip);
  const asNew = ['--url', harness.node.url, '--ca', harness.node.identity.ca];
  const me = { name: 'orders service', clearance: 'ValidUser', permissions: { Archive: 'Read', Orders: 'ReadWrite' } };
  expect(await json('whoami', ...asNew, '--pfx', pfx, '--passphrase-file', passphrase)).toMatchObject(me);
  expect(await json('whoami', ...asNew, '--cert', crt, '--key', key)).toMatchObject(me);

  const refused = await harness.run(['list', ...asNew, '--cert', crt, '--key', key]);
  expect(refused).toMatchObject({ code: 5, output: '' });
  expect(refused.messages).toContain('may not do that');

  const [listed] = (await json('list', '--search', 'ORDERS', '--database', 'archive', '--clearance', 'ValidUser')) as {
    thumbprint: string;
    daysLeft: number;
  }[];
  expect(listed).toMatchObject({ ...me, state: 'valid', daysLeft: 89, own: false, hasTwoFactor: false });
  const thumbprint = listed?.thumbprint ?? '';

  expect(await json('edit', thumbprint.slice(0, 8), '--revoke', 'archive', '--grant', 'Orders=Admin')).toEqual({
    thumbprint,
    changes: ['Archive: Read → no access', 'Orders: ReadWrite → Admin'],
  });
  expect(await json('show', thumbprint.toLowerCase())).toMatchObject({
    permissions: { Orders: 'Admin' },
    subject: 'CN=orders service',
    keyAlgorithm: 'RSA',
    keySize: 4096,
    extendedKeyUsages: ['1.3.6.1.5.5.7.3.2'],
    certificate: Buffer.from(
      await readFile(crt, 'utf8').then((pem) => pem.replace(/-----[^-]+-----|\s/g, '')),
      'base64',
    ).toString('base64'),
  });

  expect((await harness.run(['edit', thumbprint, '--disable'])).code).toBe(2);
  expect((await harness.run(['edit', thumbprint, '--disable', '--yes'])).code).toBe(0);
  expect(await json('list', '--state', 'disabled')).toMatchObject([{ thumbprint, state: 'disabled' }]);
  expect((await harness.run(['delete', 'orders service', 'nobody', '--yes'])).code).toBe(4);
  expect(await json('list', '--search', thumbprint)).toHaveLength(1);
  expect(await json('delete', 'orders service', '--yes')).toEqual([{ name: 'orders service', thumbprint }]);
  expect((await harness.run(['show', thumbprint])).code).toBe(4);
});
