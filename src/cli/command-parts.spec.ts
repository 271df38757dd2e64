import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import decodeQR from 'qr/decode.js';
import stringWidth from 'string-width';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBase64 } from '../pki/bytes.ts';
import { selfSignedClientCertificate } from '../pki/issue-certificate.ts';
import { readCertificateFile } from '../pki/read-certificate-file.ts';
import { writePfx } from '../pki/write-pfx.ts';
import { connectionSettings, serverAddress } from './connection-settings.ts';
import { parseEnvironment } from './environment-file.ts';
import { dropReservations, reserveFile, safeFileName } from './output-file.ts';
import { fit, printable } from './printable.ts';
import { qrText } from './qr-text.ts';
import { safeZip } from './safe-zip.ts';
import { splitWords } from './split-words.ts';
import { renderTable } from './table.ts';
import { uploadContent } from './upload-content.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raven-certificates-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const anyText = fc.string({ unit: 'binary' });

test('any name becomes a file name that stays in its folder', () => {
  fc.assert(
    fc.property(
      fc.oneof(anyText, fc.string({ maxLength: 400 }), fc.constantFrom('..', '.', '', 'con', '../../up')),
      (name) => {
        const safe = safeFileName(name);
        expect(safe).not.toMatch(/[/\\\u0000-\u001f:]|^\.|[.\s]$|^$/);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(181);
        expect(join('/a', `${safe}.zip`).startsWith('/a/')).toBe(true);
      },
    ),
  );
  expect(safeFileName('orders service (1)')).toBe('orders service (1)');
  expect(safeFileName('Ä 漢字 😀')).toBe('Ä 漢字 😀');
});

test('what is printed can’t steer a terminal and is as wide as it says', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, width) => {
      const shown = printable(text);
      expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
      expect(stringWidth(fit(shown, width))).toBeLessThanOrEqual(width);
    }),
  );
  expect(printable('a\u001b[31m\nb')).toBe('a\\u{1b}[31m\\u{a}b');
});

test('a table is as wide as the terminal at most, and drops columns before it overflows', () => {
  const rows = [{ name: '漢字'.repeat(30), id: 'A'.repeat(40) }];
  const columns = [
    { title: 'NAME', text: (row: { name: string }) => row.name, least: 10 },
    { title: 'ID', text: (row: { id: string }) => row.id, dispensable: 1 },
  ];
  const paint = (_style: unknown, text: string) => text;
  const widest = (width: number | undefined) =>
    Math.max(
      ...renderTable(rows, columns, width, paint)
        .split('\n')
        .map((line) => stringWidth(line)),
    );
  expect(widest(undefined)).toBe(120 + 2 + 40);
  expect(widest(80)).toBeLessThanOrEqual(80);
  expect(renderTable(rows, columns, 80, paint)).toContain('A'.repeat(40));
  expect(widest(30)).toBeLessThanOrEqual(30);
  expect(renderTable(rows, columns, 30, paint)).not.toContain('ID');
});

test('a QR code in the terminal reads as what went in', () => {
  const uri = `otpauth://totp/localhost:alice?secret=${'A'.repeat(32)}&issuer=localhost`;
  const lines = qrText(uri, false).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  // Back into pixels, four to a module: a space is two dark modules, a full block two light ones.
  const scale = 4;
  const light = lines.flatMap((line) => [
    Array.from(line).map((half) => half === '█' || half === '▀'),
    Array.from(line).map((half) => half === '█' || half === '▄'),
  ]);
  const [height, width] = [light.length * scale, (light[0]?.length ?? 0) * scale];
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      data.fill(
        light[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true ? 255 : 0,
        (y * width + x) * 4,
        (y * width + x) * 4 + 3,
      );
  expect(decodeQR({ width, height, data })).toBe(uri);
});

test('a reserved file: whole or not at all, never over another one', async () => {
  const place = join(folder, 'reserve');
  const path = join(place, 'x.zip');
  const first = await reserveFile(path, { force: false });
  await expect(reserveFile(path, { force: false })).rejects.toMatchObject({ exitCode: 2 });
  await first.discard();
  expect(await readdir(place)).toEqual([]);
  const second = await reserveFile(path, { force: false });
  await second.write(Buffer.from('two'));
  await second.discard();
  expect(await readdir(place)).toEqual(['x.zip']);
  const third = await reserveFile(path, { force: true });
  dropReservations();
  expect(await readdir(place)).toEqual(['x.zip']);
  await third.discard();
  expect(await readFile(path, 'utf8')).toBe('two');
  // A link is replaced, not followed.
  const target = join(folder, 'target');
  await writeFile(target, 'untouched');
  await symlink(target, join(place, 'link'));
  await (await reserveFile(join(place, 'link'), { force: true })).write(Buffer.from('new'));
  expect(await readFile(target, 'utf8')).toBe('untouched');
});

test('a zip whose names lead elsewhere gets others; a harmless one stays as it is', () => {
  const bad = zipSync({ '../../up.pfx': Buffer.from('1'), [`${'a'.repeat(300)}.key`]: Buffer.from('2') });
  const entries = unzipSync(safeZip(bad));
  expect(Object.keys(entries)).toEqual(['__.._up.pfx', `${'a'.repeat(180)}.key`]);
  const good = zipSync({ 'alice.pfx': Buffer.from('1') });
  expect(safeZip(good)).toBe(good);
});

test('a set goes to the server without its private key', async () => {
  const make = (name: string) =>
    selfSignedClientCertificate({ name, algorithm: 'P-256', notBefore: 0, notAfter: Date.UTC(2040, 0) });
  const [one, two] = [await make('one'), await make('two')];
  const pfx = await writePfx({
    certificates: [one.der, two.der],
    privateKeyPkcs8: one.privateKeyPkcs8,
    encryption: 'compatible',
  });
  const content = await uploadContent(await readCertificateFile(pfx));
  expect(content.registered.map(({ commonName }) => commonName)).toEqual(['one', 'two']);
  const sent = await readCertificateFile(fromBase64(content.certificate));
  expect(sent).toMatchObject({ format: 'pfx', hasPrivateKey: false });
  // RavenDB takes the last one for the primary.
  expect(sent.certificates.map(({ commonName }) => commonName)).toEqual(['two', 'one']);
});

test.each([
  ['generateClientCert alice /tmp', ['generateClientCert', 'alice', '/tmp']],
  ['  a  "b c"  \'d"e\' ""', ['a', 'b c', 'd"e', '']],
  ['x C:\\Users\\me a\\ b', ['x', 'C:\\Users\\me', 'a b']],
  ['', []],
  ['a "b', null],
])('the words of %j', (line, words) => {
  expect(splitWords(line)).toEqual(words);
});

test('an environment file is read as a shell would', () => {
  expect(parseEnvironment('A=1\n# B=2\nexport C="x y"\nD=\'q\'\r\nE=a=b\n\nnonsense')).toEqual({
    A: '1',
    C: 'x y',
    D: 'q',
    E: 'a=b',
  });
});

test('where the server comes from: options, the named file, the environment, the node that runs', async () => {
  const dataDir = join(folder, 'data');
  await mkdir(dataDir);
  const nodeEnv = (pid: number) =>
    writeFile(
      join(dataDir, 'env'),
      `RAVENDB_URL=https://localhost:1\nRAVENDB_CLIENT_PEM=/node.pem\nRAVENDB_CA=/node-ca.pem\nRAVENDB_PID=${String(pid)}\n`,
      { mode: 0o600 },
    );
  await nodeEnv(process.pid);
  const env = { RAVEN_CERTIFICATES_DATA_DIR: dataDir };
  expect(await connectionSettings({}, env)).toEqual({
    serverUrl: 'https://localhost:1',
    identity: { cert: '/node.pem' },
    passphraseFile: undefined,
    ca: '/node-ca.pem',
  });
  // Another server doesn't get the node's certificate.
  await expect(connectionSettings({ url: 'https://other' }, env)).rejects.toMatchObject({ exitCode: 2 });
  const named = join(folder, 'named');
  await writeFile(named, 'RAVENDB_URL=https://named:2\nRAVENDB_ADMIN_PFX=/named.pfx\n');
  const shell = { ...env, RAVENDB_URL: 'https://shell:3', RAVENDB_ADMIN_PEM: '/shell.pem' };
  expect(await connectionSettings({}, shell)).toMatchObject({
    serverUrl: 'https://shell:3',
    identity: { cert: '/shell.pem' },
    ca: undefined,
  });
  expect(await connectionSettings({ env: named }, shell)).toMatchObject({
    serverUrl: 'https://named:2',
    identity: { pfx: '/named.pfx' },
  });
  expect(await connectionSettings({ url: 'https://x:4/studio/', cert: 'c', key: 'k', ca: 'a' }, shell)).toEqual({
    serverUrl: 'https://x:4',
    identity: { cert: 'c', key: 'k' },
    passphraseFile: undefined,
    ca: 'a',
  });
  // What somebody else could write leads nowhere.
  await chmod(join(dataDir, 'env'), 0o660);
  await expect(connectionSettings({}, env)).rejects.toMatchObject({ exitCode: 2, message: /can be written by others/ });
  await rename(join(dataDir, 'env'), join(dataDir, 'elsewhere'));
  await symlink(join(dataDir, 'elsewhere'), join(dataDir, 'env'));
  await expect(connectionSettings({}, env)).rejects.toMatchObject({ exitCode: 2, message: /is a link/ });
  expect(await connectionSettings({}, shell)).toMatchObject({ serverUrl: 'https://shell:3' });
  await rm(join(dataDir, 'env'));
  // Longer than any process number.
  await nodeEnv(4_194_305);
  await expect(connectionSettings({}, env)).rejects.toMatchObject({ exitCode: 2, message: /no embedded node runs/ });
  expect(() => serverAddress('http://x')).toThrow(/not encrypted/);
});
