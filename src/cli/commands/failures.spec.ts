import { createServer } from 'node:net';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toPem, privateKeyToPem } from '../../pki/pem.ts';
import { selfSignedClientCertificate } from '../../pki/issue-certificate.ts';
import { writePfx } from '../../pki/write-pfx.ts';
import { type CommandHarness, runPiped, startHarness, writeText } from '../command-harness.ts';

let harness: CommandHarness;
/** A certificate that no server knows. */
let stranger: { pem: string; pfx: string };
const day = 86_400_000;

beforeAll(async () => {
  harness = await startHarness();
  const { der, privateKeyPkcs8 } = await selfSignedClientCertificate({
    name: 'stranger',
    algorithm: 'P-256',
    notBefore: Date.now() - day,
    notAfter: Date.now() + 20 * day,
  });
  const pem = await writeText(
    harness.folder,
    'stranger.pem',
    `${toPem('CERTIFICATE', der)}\n${privateKeyToPem(privateKeyPkcs8)}\n`,
  );
  const pfx = join(harness.folder, 'stranger.pfx');
  await writeFile(
    pfx,
    await writePfx({ certificates: [der], privateKeyPkcs8, passphrase: 'secret', encryption: 'compatible' }),
  );
  stranger = { pem, pfx };
});
afterAll(() => harness.close());

const list = async (): Promise<{ name: string; thumbprint: string }[]> =>
  JSON.parse((await harness.run(['list', '--json'])).output) as { name: string; thumbprint: string }[];

test('exit codes and sentences for what can go wrong on the way', async () => {
  const { RAVENDB_URL = '', RAVENDB_CA = '', RAVENDB_CLIENT_PEM = '' } = harness.env;
  const as = (...argv: string[]) => runPiped(['whoami', ...argv], { env: {} });

  const untrusted = await as('--url', RAVENDB_URL, '--cert', RAVENDB_CLIENT_PEM);
  expect(untrusted).toMatchObject({ code: 6, output: '' });
  expect(untrusted.messages).toMatch(/isn't trusted: .*\nNothing was sent.*--ca/);

  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise((resolve) => taken.close(resolve));
  const gone = await as('--url', `https://127.0.0.1:${String(port)}`, '--cert', RAVENDB_CLIENT_PEM);
  expect(gone).toMatchObject({ code: 6, output: '' });
  expect(gone.messages).toContain('nothing listens there');

  const unknown = await as('--url', RAVENDB_URL, '--ca', RAVENDB_CA, '--cert', stranger.pem, '--json');
  expect(unknown).toMatchObject({ code: 5, output: '' });
  expect(JSON.parse(unknown.messages)).toMatchObject({ error: { exitCode: 5, message: /doesn’t know/ } });

  const wrong = [
    ['--url', 'localhost:8443', '--cert', RAVENDB_CLIENT_PEM],
    ['--url', 'http://localhost:8443', '--cert', RAVENDB_CLIENT_PEM],
    ['--url', RAVENDB_URL],
    ['--url', RAVENDB_URL, '--pfx', stranger.pfx, '--cert', stranger.pem],
    ['--url', RAVENDB_URL, '--key', stranger.pem],
    ['--nonsense'],
  ];
  for (const argv of wrong) expect([argv, (await as(...argv)).code]).toEqual([argv, 2]);
});

test('passphrases come from a file or standard input, and a wrong one says so', async () => {
  const as = ['whoami', '--url', harness.node.url, '--ca', harness.node.identity.ca, '--pfx', stranger.pfx];
  const file = await writeText(harness.folder, 'right', 'secret\n');
  // 5: the file was opened, and the server asked.
  expect((await harness.run([...as, '--passphrase-file', file])).code).toBe(5);
  expect((await harness.run([...as, '--passphrase-file', '-'], { input: 'secret\r\n' })).code).toBe(5);
  const wrong = await harness.run([...as, '--passphrase-file', '-'], { input: 'guess\n' });
  expect(wrong).toMatchObject({ code: 1, output: '' });
  expect(wrong.messages).toContain('passphrase does not open');
  expect(wrong.messages).not.toContain('guess');
  expect((await harness.run(as)).messages).toContain('--passphrase-file');
});

test('a file that is there stays as it is, and nothing is registered', async () => {
  const folder = join(harness.folder, 'there');
  await mkdir(folder);
  const zip = await writeText(folder, 'admin.client.certificate.alice.zip', 'mine');
  const before = await list();
  expect((await harness.run(['generateClientCert', 'alice', folder])).code).toBe(2);
  expect(await list()).toEqual(before);
  expect(await readFile(zip, 'utf8')).toBe('mine');
  expect((await harness.run(['generateClientCert', 'alice', folder, '--force'])).code).toBe(0);
  expect((await stat(zip)).mode & 0o777).toBe(0o600);
  expect((await readFile(zip)).subarray(0, 2).toString()).toBe('PK');
  expect(await readdir(folder)).toEqual(['admin.client.certificate.alice.zip']);
});

test('what the server refuses leaves no file behind', async () => {
  const folder = join(harness.folder, 'refused');
  await mkdir(folder);
  // A certificate of a user may not make others.
  const pem = await writeText(harness.folder, 'user.pem', await readFile(stranger.pem, 'utf8'));
  expect(
    (await harness.run(['upload', pem, '--name', 'user', '--grant', 'Orders=Read', '--grant', 'A=Admin'])).code,
  ).toBe(0);
  const as = ['--url', harness.node.url, '--ca', harness.node.identity.ca, '--cert', pem];
  const refused = await harness.run(['generate', 'x', '--no-passphrase', '--output', folder, ...as]);
  expect(refused.code).toBe(5);
  expect(await readdir(folder)).toEqual([]);
  expect((await harness.run(['delete', 'user', '--yes'])).code).toBe(0);
});

test('a place that can’t be written is said before anything is registered', async () => {
  const before = await list();
  // Below a file there is no folder, for root neither.
  expect((await harness.run(['generateClientCert', 'bob', join(stranger.pem, 'folder')])).code).toBe(1);
  expect(await list()).toEqual(before);
});

test('a name that leads out of its folder makes a file inside, as do the names in the zip', async () => {
  const folder = join(harness.folder, 'inside');
  const name = '../../up/\n"evil"';
  const { code, output } = await harness.run(['generateClientCert', name, folder]);
  expect(code).toBe(0);
  expect(output.trim().split('\n')).toHaveLength(1);
  expect(await readdir(folder)).toEqual(['admin.client.certificate.__.._up_evil_.zip']);
  expect((await list()).filter((each) => each.name === name)).toHaveLength(1);
});

test('an upload says what it would replace', async () => {
  const passphrase = ['--certificate-passphrase-file', '-'];
  const run = (...argv: string[]) => harness.run(['upload', stranger.pfx, ...passphrase, ...argv], { input: 'secret' });
  expect(await run('--name', 'partner', '--clearance', 'operator')).toMatchObject({ code: 0 });
  const again = await run('--name', 'other');
  expect(again.code).toBe(2);
  expect(again.messages).toContain('registered already, as “partner”');
  expect(await run('--name', 'other', '--yes', '--json')).toMatchObject({ code: 0 });
  const [entry] = (await list()).filter(({ name }) => name === 'other');
  expect(entry).toBeDefined();

  expect(await harness.run(['expiring', '--within', '10d'])).toMatchObject({ code: 0, output: '' });
  const soon = await harness.run(['expiring', '--within', '30d', '--json']);
  expect(soon.code).toBe(3);
  expect(JSON.parse(soon.output)).toMatchObject([{ name: 'other', daysLeft: 19 }]);
  expect((await harness.run(['expiring', '--within', 'soon'])).code).toBe(2);
});

test('a name that fits several is refused with the candidates; a thumbprint isn’t', async () => {
  const folder = join(harness.folder, 'twins');
  for (const force of [[], ['--force']])
    expect((await harness.run(['generateClientCert', 'twin', folder, ...force])).code).toBe(0);
  const twins = (await list()).filter(({ name }) => name === 'twin');
  expect(twins).toHaveLength(2);
  const refused = await harness.run(['delete', 'twin', '--yes', '--json']);
  expect(refused.code).toBe(2);
  const { error } = JSON.parse(refused.messages) as { error: { candidates: unknown } };
  expect(error.candidates).toEqual(twins.map(({ name, thumbprint }) => ({ name, thumbprint })));
  const digits = twins[0]?.thumbprint.match(/../g)?.join(':') ?? '';
  expect((await harness.run(['delete', digits, '--yes'])).code).toBe(0);
  expect((await harness.run(['delete', 'twin', '--yes'])).code).toBe(0);
});

test('nobody shuts himself out', async () => {
  const listed = JSON.parse((await harness.run(['list', '--json'])).output) as { own: boolean; thumbprint: string }[];
  const me = listed.find(({ own }) => own)?.thumbprint ?? '';
  for (const argv of [['delete'], ['edit', '--disable']]) {
    const refused = await harness.run([argv[0] ?? '', me, '--yes', ...argv.slice(1)]);
    expect(refused.code).toBe(1);
    expect(refused.messages).toContain('lock you out');
  }
});

test('the server’s certificates come without keys', async () => {
  const { code, output } = await harness.run(['export-server', harness.folder, '--json']);
  expect(code).toBe(0);
  const { file, certificates } = JSON.parse(output) as { file: string; certificates: unknown[] };
  expect(file).toBe(join(harness.folder, 'ServerCertificatesCollection.pfx'));
  expect(certificates).toHaveLength(1);
});
