import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '../fixtures/console.ts';
import { startConsole } from '../run/console-process.mjs';
import { cleanEnvironment, parseEnv, project } from '../run/project.mjs';

test.skip(process.env.RAVEN_ENV_FILE !== undefined, 'these start consoles of their own, on embedded nodes');

let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raven-start-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves with all that was printed when it fits. */
  readonly prints: (text: RegExp) => Promise<string>;
  readonly ended: Promise<number | null>;
}

/** A program with its standard input open. */
function run(program: string, args: readonly string[], env: Record<string, string> = {}): Run {
  const child = spawn(program, args, { cwd: project, env: cleanEnvironment({ NO_COLOR: '1', ...env }) });
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      for (const listener of listeners) listener();
    });
  return {
    child,
    output: () => text,
    prints: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (!wanted.test(text)) return;
          listeners.delete(look);
          resolve(text);
        };
        listeners.add(look);
        look();
      }),
    ended: once(child, 'close').then(([code]) => code as number | null),
  };
}

const free = ['--server-url', 'https://localhost:0', '--listen', '127.0.0.1:0'];
const start = (...args: string[]) => run(process.execPath, [join(project, 'src/cli/start.mjs'), ...args]);
/** Browsers find the name by themselves; this test's requests go to the address. */
const signIn = /http:\/\/raven-[\da-f]{20}\.localhost:\d+\/sign-in\?token=[\w-]+/g;
const atAddress = (link: string) => link.replace(/\/\/[^:]+:/, '//127.0.0.1:');

/** Fails with one line, and makes nothing. */
async function expectRefused(args: string[], message: RegExp): Promise<void> {
  const before = await readdir(folder);
  const { ended, output } = start(...args);
  expect(await ended).toBe(1);
  const lines = output()
    .trim()
    .split('\n')
    .filter((line) => line !== 'Building …');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(message);
  expect(await readdir(folder)).toEqual(before);
}

test('writes what tools need, for its owner only, and takes it back at the end', async () => {
  const data = join(folder, 'data');
  const { child, prints, ended } = start('--data-dir', data, ...free);
  await prints(signIn);
  const file = join(data, 'env');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const env = parseEnv(await readFile(file, 'utf8')) as Record<string, string>;
  expect(Object.keys(env).sort()).toEqual([
    'CONSOLE_URL',
    'RAVENDB_ADMIN_PEM',
    'RAVENDB_ADMIN_PFX',
    'RAVENDB_CA',
    'RAVENDB_CLIENT_PEM',
    'RAVENDB_CLIENT_PFX',
    'RAVENDB_PID',
    'RAVENDB_URL',
  ]);
  expect(Number(env.RAVENDB_PID)).toBe(child.pid);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  await expect(stat(file)).rejects.toThrow('ENOENT');
});

test('Enter prints another link, which works once', async ({ request }) => {
  const { child, prints, ended, output } = start('--data-dir', join(folder, 'data'), ...free);
  await prints(signIn);
  child.stdin?.write('\n');
  await prints(/(sign-in\?token=[^]*){2}/);
  const [first = '', second = ''] = output().match(signIn) ?? [];
  expect(second).not.toBe(first);
  for (const link of [first, second].map(atAddress)) {
    expect((await request.get(link, { maxRedirects: 0 })).status()).toBe(303);
    const browserElsewhere = await fetch(link, { redirect: 'manual' });
    expect(browserElsewhere.status).toBe(401);
  }
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});

test('a data folder that is held, and ports in use, are said and nothing is made', async () => {
  const running = await startConsole();
  const { dataDir, env } = running;
  const consolePort = new URL(env.CONSOLE_URL ?? '').port;
  const serverPort = new URL(env.RAVENDB_URL ?? '').port;
  const other = ['--data-dir', join(folder, 'other')];
  await expectRefused(['--data-dir', dataDir, ...free], /is held by process \d+/);
  await expectRefused(
    [...other, '--server-url', `https://localhost:${serverPort}`, '--listen', '127.0.0.1:0'],
    /port \d+ is in use/,
  );
  await expectRefused(
    [...other, '--server-url', 'https://localhost:0', '--listen', `127.0.0.1:${consolePort}`],
    /port \d+ is in use/,
  );
  await expectRefused(
    [...other, '--server-url', 'https://localhost:0', '--listen', '0.0.0.0:0'],
    /^0\.0\.0\.0 is no loopback address: give --public-url https:/,
  );
  expect(await running.stop()).toBe(0);
});

test('a certificate that can’t be read, and a wrong passphrase, are said', async () => {
  const rubbish = join(folder, 'rubbish.pfx');
  const wrong = join(folder, 'wrong');
  await writeFile(rubbish, 'x');
  await writeFile(wrong, 'wrong\n');
  const locked = join(project, 'e2e/conformance/certs/bob-secret.pfx');
  const to = ['--url', 'https://localhost:1', '--listen', '127.0.0.1:0'];
  await expectRefused([...to, '--pfx', rubbish], /rubbish\.pfx: This is not a certificate file/);
  await expectRefused(
    [...to, '--pfx', locked, '--passphrase-file', wrong],
    /bob-secret\.pfx: The passphrase does not open this file\. .*--passphrase-file/,
  );
  const sample = (name: string) => join(project, 'src/pki/samples', name);
  const certificate = sample('two-keys-own-second.pem');
  await expectRefused(
    [...to, '--pfx', sample('keystore.jks')],
    /keystore\.jks: This is a Java keystore \(JKS\)\. Convert it with “keytool/,
  );
  await expectRefused(
    [...to, '--cert', certificate, '--key', sample('key-of-other-type.pem')],
    /The private key in .*key-of-other-type\.pem doesn't belong to the certificate in .*two-keys-own-second\.pem\. Name the key/,
  );
  await expectRefused([...to, '--pfx', join(folder, 'none.pfx')], /none\.pfx/);
  await expectRefused(['--settings', rubbish, ...free], /isn’t a JSON object/);
  await expectRefused(['--nonsense'], /There is no option --nonsense/);
});

test('beyond this machine it answers its public address only', async ({ request }) => {
  const everywhere = [
    '--data-dir',
    join(folder, 'data'),
    '--server-url',
    'https://localhost:0',
    '--listen',
    '0.0.0.0:0',
  ];
  const { child, prints, ended } = start(...everywhere, '--public-url', 'https://console.example');
  const printed = await prints(/https:\/\/console\.example\/sign-in\?token=[\w-]+/);
  const path = /\/sign-in\?token=[\w-]+/.exec(printed)?.[0] ?? '';
  const here = (/http:\/\/0\.0\.0\.0:\d+/.exec(printed)?.[0] ?? '').replace('0.0.0.0', '127.0.0.1');
  const open = async (host: string) => {
    const answer = await request.get(here + path, { maxRedirects: 0, headers: { Host: host } });
    return [answer.status(), answer.headers()['set-cookie'] ?? ''];
  };
  expect(await open(new URL(here).host)).toEqual([403, '']);
  expect(await open('console.example')).toEqual([303, expect.stringMatching(/; Secure$/)]);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('settings of RavenDB are honoured, unknown ones named', async () => {
  const settings = join(folder, 'settings.json');
  const data = join(folder, 'from-settings');
  const own = { ServerUrl: 'https://localhost:0', DataDir: 'from-settings', Security: { Unheard: { Of: 1 } } };
  await writeFile(settings, JSON.stringify(own));
  const { child, prints, ended, output } = start('--settings', settings, '--listen', '127.0.0.1:0');
  await prints(signIn);
  expect(output()).toContain('Security.Unheard.Of');
  expect(await readdir(data)).toContain('env');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('ends with npm, also when npm is killed outright', async () => {
  test.skip(process.platform === 'win32', 'signals');
  const data = join(folder, 'data');
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const npm = run('npm', ['start', '--silent', '--', '--data-dir', data, ...free]);
    await npm.prints(signIn);
    const { RAVENDB_PID } = parseEnv(await readFile(join(data, 'env'), 'utf8')) as Record<string, string>;
    npm.child.kill(signal);
    await npm.ended;
    const isGone = () => {
      try {
        process.kill(Number(RAVENDB_PID), 0);
        return false;
      } catch {
        return true;
      }
    };
    await expect.poll(isGone).toBe(true);
    expect(await readdir(data)).not.toContain('env');
  }
});

test('--open gives the browser a link of its own, in a file that only its owner can read', async ({ browser }) => {
  test.skip(process.platform !== 'linux', 'a browser that notes what it is given, as Linux starts one');
  const opened = join(folder, 'opened');
  const opener = join(folder, 'xdg-open');
  // What any user of the machine sees of a process.
  const note = `tr '\\0' '\\n' < /proc/$$/cmdline > "${opened}.part" && mv "${opened}.part" "${opened}"`;
  await writeFile(opener, `#!/bin/sh\n${note}\n`, { mode: 0o755 });
  const args = [join(project, 'src/cli/start.mjs'), '--data-dir', join(folder, 'data'), ...free, '--open'];
  const { prints, child, ended } = run(process.execPath, args, { PATH: `${folder}:${process.env.PATH ?? ''}` });
  const printed = await prints(signIn);
  await expect.poll(() => readFile(opened, 'utf8').catch(() => '')).toContain('file://');
  const seen = await readFile(opened, 'utf8');
  expect(seen).not.toMatch(/token|localhost|127\.0\.0\.1/);
  const page = fileURLToPath(/file:\S+/.exec(seen)?.[0] ?? '');
  expect((await stat(page)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(page))).mode & 0o777).toBe(0o700);
  const [link = ''] = (await readFile(page, 'utf8')).match(signIn) ?? [];
  expect(link).not.toBe('');
  expect(printed).not.toContain(link);
  const tab = await browser.newPage();
  await tab.goto(pathToFileURL(page).href);
  await expect(tab.getByRole('grid', { name: 'Certificates' })).toBeVisible();
  expect(tab.url()).toBe(`${new URL(link).origin}/`);
  await tab.close();
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  await expect(stat(dirname(page))).rejects.toThrow('ENOENT');
});

test('the console’s name outlives a restart, and isn’t taken over when others could read it', async () => {
  const data = join(folder, 'data');
  const nameOf = async (): Promise<string> => {
    const { prints, child, ended } = start('--data-dir', data, ...free);
    const [link = ''] = (await prints(signIn)).match(signIn) ?? [];
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    return new URL(link).hostname;
  };
  const first = await nameOf();
  expect(await nameOf()).toBe(first);
  await chmod(join(data, 'console-name'), 0o644);
  expect(await nameOf()).not.toBe(first);
});

test('the help needs nothing', async () => {
  const { ended, output } = start('--help');
  expect(await ended).toBe(0);
  expect(output()).toContain('--data-dir');
});

test('a server that goes away and comes back is found again', async ({ request }) => {
  const placeholder = createServer().listen(0, '127.0.0.1');
  await once(placeholder, 'listening');
  const { port } = placeholder.address() as AddressInfo;
  placeholder.close();
  const data = join(folder, 'data');
  const server = ['--data-dir', data, '--server-url', `https://localhost:${String(port)}`, '--listen', '127.0.0.1:0'];
  const first = start(...server);
  await first.prints(signIn);
  const env = parseEnv(await readFile(join(data, 'env'), 'utf8')) as Record<string, string>;
  const gateway = await startConsole([
    '--url',
    env.RAVENDB_URL ?? '',
    '--pfx',
    env.RAVENDB_CLIENT_PFX ?? '',
    '--ca',
    env.RAVENDB_CA ?? '',
  ]);
  const origin = new URL(gateway.env.CONSOLE_URL ?? '').origin;
  await request.get(gateway.env.CONSOLE_URL ?? '', { maxRedirects: 0 });
  const status = async () => (await request.get(`${origin}/raven/certificates/whoami`)).status();
  expect(await status()).toBe(200);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  expect(await status()).toBe(502);
  const second = start(...server);
  await second.prints(signIn);
  expect(await status()).toBe(200);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
  expect(await gateway.stop()).toBe(0);
});
