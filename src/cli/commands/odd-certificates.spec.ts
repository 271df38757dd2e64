import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { oddCertificate } from '../../server/certificate-harness.ts';
import { Store } from '../../server/store/store.ts';
import { type CommandHarness, runOnTerminal, startHarness, writeText } from '../command-harness.ts';

// Keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

/** As RavenDB, whose pinning hash of version 1 certificates is what there is to be warned of. */
const node = {
  serverUrl: 'https://localhost:0',
  settings: {},
  licence: 'none',
  asRavenDb: true,
  log: () => undefined,
} as const;

let folder: string;
let harness: CommandHarness;
const [readable, unreadable] = [oddCertificate({ name: 'readable' }), oddCertificate({ name: 'unreadable' })];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raven-odd-'));
  const dataDir = join(folder, 'data');
  harness = await startHarness({ ...node, dataDir });
  for (const [name, { pem }] of Object.entries({ readable, unreadable })) {
    const { code, messages } = await harness.run(['upload', await writeText(folder, `${name}.pem`, pem), '--yes']);
    expect(code, messages).toBe(0);
  }
  await harness.node.close();
  const store = new Store(join(dataDir, 'store'));
  const key = unreadable.thumbprint.toLowerCase();
  await store.write((transaction) =>
    transaction.put('certificates', key, { ...(store.get('certificates', key) as object), notAfter: Number.NaN }),
  );
  await store.close();
  harness = await startHarness({ ...node, dataDir });
});
afterAll(async () => {
  await harness.close();
  await rm(folder, { recursive: true, force: true });
});

const names = async (...argv: string[]): Promise<string[]> => {
  const { output } = await harness.run(['list', '--json', ...argv]);
  return (JSON.parse(output) as { name: string }[]).map(({ name }) => name);
};

test('an entry that can’t be read hides no other, is shown, can’t be edited, and can be deleted', async () => {
  const { code, output } = await harness.run(['list']);
  expect(code).toBe(0);
  expect(output).toMatch(/^readable .*Valid/m);
  expect(output).toMatch(/^unreadable .*Unreadable/m);
  expect(await names('--state', 'unreadable')).toEqual(['unreadable']);
  expect((await harness.run(['show', 'unreadable'])).output).toMatch(/State +Unreadable/);
  expect((await harness.run(['expiring', '--within', '5000w'])).output).not.toContain('unreadable');
  const edit = await harness.run(['edit', 'unreadable', '--enable', '--yes']);
  expect([edit.code, edit.messages]).toEqual([1, expect.stringContaining('can only be deleted')]);
  expect((await harness.run(['delete', 'unreadable', '--yes'])).code).toBe(0);
  expect(await names()).not.toContain('unreadable');
  expect(await names()).toContain('readable');
});

test('a certificate of version 1 is registered after a word only, and marked', async () => {
  const file = await writeText(folder, 'v1.pem', oddCertificate({ version: 1, name: 'old tool' }).pem);
  const refused = await harness.run(['upload', file]);
  expect([refused.code, refused.messages]).toEqual([2, expect.stringContaining('X.509 version 1')]);
  const { result, sees, types } = runOnTerminal(['upload', file], harness.env);
  await sees('takes all of that version for one');
  types('n');
  expect((await result).code).not.toBe(0);
  expect(await names()).not.toContain('old tool');
  expect((await harness.run(['upload', file, '--yes'])).code).toBe(0);
  expect((await harness.run(['list'])).output).toMatch(/^old tool \(version 1\) /m);
  expect((await harness.run(['show', 'old tool'])).output).toMatch(/Version +1: RavenDB takes all of that version/);
  expect((await harness.run(['show', 'readable'])).output).not.toContain('Version');
});

test('RavenDB’s own command doesn’t make one a cluster admin', async () => {
  const file = await writeText(folder, 'v1-admin.pem', oddCertificate({ version: 1, name: 'root of all' }).pem);
  const { code, messages } = await harness.run(['trustClientCert', 'root', file]);
  expect([code, messages]).toEqual([1, expect.stringContaining('whoever holds any other would be a cluster admin')]);
  expect(await names()).not.toContain('root');
});

test('one without a subject is registered under a name that is given', async () => {
  const sample = new URL('../../pki/samples/empty-subject-client.pem', import.meta.url);
  const pem = new X509Certificate(await readFile(sample)).toString();
  const file = await writeText(folder, 'nameless.pem', pem);
  expect((await harness.run(['upload', file])).code).toBe(2);
  expect((await harness.run(['upload', file, '--name', 'nameless'])).code).toBe(0);
  expect((await harness.run(['show', 'nameless'])).output).toContain('nameless');
});

test('a file whose dates can’t be read says so', async () => {
  const { code, messages } = await harness.run([
    'upload',
    new URL('../../pki/samples/poison-date-garbage.cer', import.meta.url).pathname,
    ...['--name', 'x', '--yes'],
  ]);
  expect([code, messages]).toEqual([1, expect.stringContaining('can’t be read, and RavenDB refuses it')]);
});
