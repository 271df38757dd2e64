import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, createServer as createPort } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import type { createGateway } from '../../src/gateway/portal-gateway.ts';
import { federationPolicy, startPortal } from '../hosts/portal.mjs';
import { project } from '../run/project.mjs';
import { expect, grid, test } from '../fixtures/portal.ts';

/** The blocks of the README's section, as printed, found by what they hold. */
async function block(language: string, holding: string): Promise<string> {
  const text = await readFile(join(project, 'README.md'), 'utf8');
  const section = text.split(/^(?=## )/m).find((part) => part.startsWith('## In your own app')) ?? '';
  const found = [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, kind, code = '']) => kind === language && code.includes(holding))
    .map(([, , code = '']) => code);
  expect(found, `${language} with ${holding}`).toHaveLength(1);
  return found[0] ?? '';
}

/** A project of somebody's: what they installed, and nothing else of ours. */
let folder: string;
test.beforeEach(async ({ pack }) => {
  folder = await mkdtemp(join(tmpdir(), 'raven-readme-'));
  await symlink(join(pack.folder, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const page = (script: string) =>
  `<!doctype html><title>${script}</title><div id="certificates"></div><script type="module" src="./${script}"></script>`;

const bundled = {
  react: ['jsx', "from 'raven-certificates'"],
  mount: ['js', 'raven-certificates/mount'],
  element: ['js', 'raven-certificates/element'],
  'single-spa': ['js', 'raven-certificates/single-spa'],
} as const;

test('every way into a page works as printed', async ({ page: tab, pack, raven }) => {
  test.slow();
  for (const [name, [language, holding]] of Object.entries(bundled)) {
    await write(`${name}.${language}`, await block(language, holding));
    await write(`${name}.html`, page(`${name}.${language}`));
  }
  const html = await block('html', '<raven-certificates ');
  const input = Object.keys(bundled).map((name) => join(folder, `${name}.html`));
  const target = { target: 'es2023', modulePreload: { polyfill: false }, assetsInlineLimit: 0 };
  const shared = { configFile: false, root: folder, logLevel: 'error' } as const;
  const outDir = join(folder, 'pages');
  await build({ ...shared, build: { ...target, outDir, rolldownOptions: { input } } });
  await write('pages/plain.html', html);
  const gateway = (await pack.load('./gateway')) as { createGateway: typeof createGateway };
  const portal = await startPortal({
    pages: outDir,
    packageFolder: pack.packageFolder,
    makeGateway: (authorize: (req: IncomingMessage) => boolean) =>
      gateway.createGateway({ url: raven.url, cert: raven.admin.pem, ca: raven.ca, path: '/certificates', authorize }),
  });
  await tab.context().addCookies([{ name: 'portal', value: 'in', url: portal.origin }]);
  for (const name of [...Object.keys(bundled), 'plain']) {
    await tab.goto(`${portal.origin}/${name}.html`);
    // This one stands at a path of its own.
    if (name === 'single-spa') await tab.evaluate(() => window.history.pushState(null, '', '/admin/certs'));
    await expect(grid(tab), name).toBeVisible();
  }
  await portal.close();
});

test('the federated application works as printed, under the policy that is said', async ({
  page: tab,
  pack,
  raven,
}) => {
  test.slow();
  await write('vite.config.js', await block('js', '@module-federation/vite'));
  await write('main.jsx', await block('jsx', 'raven_certificates/CertificatesConsole'));
  await write('index.html', page('main.jsx'));
  // The bundler and its plugins are the portal's own; here they are ours.
  const own = await mkdtemp(join(project, 'node_modules/.readme-'));
  await writeFile(join(own, 'vite.config.js'), await readFile(join(folder, 'vite.config.js')));
  const { default: config } = (await import(pathToFileURL(join(own, 'vite.config.js')).href)) as { default: object };
  await rm(own, { recursive: true });
  await build({ ...config, configFile: false, root: folder, logLevel: 'error' });
  const gateway = (await pack.load('./gateway')) as { createGateway: typeof createGateway };
  const portal = await startPortal({
    pages: join(folder, 'dist'),
    packageFolder: pack.packageFolder,
    makeGateway: (authorize: (req: IncomingMessage) => boolean) =>
      gateway.createGateway({ url: raven.url, cert: raven.admin.pem, ca: raven.ca, path: '/certificates', authorize }),
    policy: federationPolicy,
  });
  await tab.context().addCookies([{ name: 'portal', value: 'in', url: portal.origin }]);
  await tab.goto(portal.origin);
  await expect(grid(tab)).toBeVisible();
  await portal.close();
});

/** What the server's examples find in their environment, and the portal's sign-in. */
async function serverFiles(raven: { url: string; ca: string; admin: { pem: string } }) {
  await write('admin.pem', raven.admin.pem);
  await write('ca.crt', raven.ca);
  const pfx = ['pkcs12', '-export', '-in', 'admin.pem', '-out', 'admin.pfx', '-passout', 'pass:'];
  expect(spawnSync('openssl', pfx, { cwd: folder }).status).toBe(0);
  await write('sign-in.js', "export const isAdmin = ({ headers }) => headers.cookie === 'portal=in';\n");
  return {
    PATH: process.env.PATH ?? '',
    RAVENDB_URL: raven.url,
    RAVENDB_CLIENT_PEM: join(folder, 'admin.pem'),
    RAVENDB_CLIENT_PFX: join(folder, 'admin.pfx'),
    RAVENDB_CA: join(folder, 'ca.crt'),
  };
}

async function freePort(): Promise<number> {
  const server = createPort().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Sends exactly these headers. @returns status and, of a list, how many; 0 while nothing listens */
async function ask(port: number, headers: Record<string, string>): Promise<[number, number]> {
  const path = '/certificates/raven/admin/certificates?metadataOnly=true';
  const req = request({ host: '127.0.0.1', port, path, headers, agent: false });
  const answer = once(req, 'response').catch(() => undefined);
  req.end();
  const [res] = ((await answer) ?? []) as [IncomingMessage?];
  if (res === undefined) return [0, 0];
  const body = JSON.parse((await buffer(res)).toString()) as { Results?: unknown[] };
  return [res.statusCode ?? 0, body.Results?.length ?? 0];
}

const started: ChildProcess[] = [];
const proxies: Server[] = [];
test.afterEach(async () => {
  for (const child of started.splice(0)) {
    child.kill();
    await once(child, 'close');
  }
  for (const proxy of proxies.splice(0)) proxy.close();
});

test('the gateway in Express works as printed', async ({ raven }) => {
  const env = await serverFiles(raven);
  const port = await freePort();
  await write('server.js', await block('js', "from 'express'"));
  started.push(
    spawn(process.execPath, ['server.js'], { cwd: folder, env: { ...env, PORT: String(port) }, stdio: 'inherit' }),
  );
  const own = { Host: `127.0.0.1:${String(port)}` };
  await expect.poll(() => ask(port, own)).toEqual([401, 0]);
  const [status, count] = await ask(port, { ...own, Cookie: 'portal=in' });
  expect(status).toBe(200);
  expect(count).toBeGreaterThan(0);
});

test('the gateway behind a reverse proxy works as printed', async ({ raven }) => {
  const env = await serverFiles(raven);
  const port = await freePort();
  await write('server.js', await block('js', 'publicUrl'));
  started.push(
    spawn(process.execPath, ['server.js'], { cwd: folder, env: { ...env, PORT: String(port) }, stdio: 'inherit' }),
  );
  // The proxy does what the printed block tells nginx, the port apart.
  const told = await block('nginx', 'proxy_pass');
  expect(told).toMatch(/^location \/certificates\/ \{$/m);
  expect(told).toMatch(/^ {2}proxy_pass http:\/\/127\.0\.0\.1:\d+;$/m);
  const passesHost = /^ {2}proxy_set_header Host \$host;$/m.test(told);
  const proxy = createServer((req, res) => {
    const headers = { ...req.headers, host: passesHost ? req.headers.host : `127.0.0.1:${String(port)}` };
    const onward = request({ host: '127.0.0.1', port, path: req.url, method: req.method, headers });
    onward.on('error', () => res.destroy());
    onward.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    req.pipe(onward);
  }).listen(0, '127.0.0.1');
  proxies.push(proxy);
  await once(proxy, 'listening');
  const front = (proxy.address() as AddressInfo).port;
  const portal = { Host: 'portal.example.com', Origin: 'https://portal.example.com' };
  await expect.poll(() => ask(front, portal)).toEqual([401, 0]);
  const [status, count] = await ask(front, { ...portal, Cookie: 'portal=in' });
  expect(status).toBe(200);
  expect(count).toBeGreaterThan(0);
  expect(await ask(front, { ...portal, Host: 'elsewhere.example.com', Cookie: 'portal=in' })).toEqual([403, 0]);
  expect(await ask(front, { ...portal, Origin: 'https://elsewhere.example.com', Cookie: 'portal=in' })).toEqual([
    403, 0,
  ]);
});

test('the client alone works as printed', async ({ raven }) => {
  const env = await serverFiles(raven);
  await write('list.js', await block('js', 'raven-certificates/api'));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['list.js'], { cwd: folder, env, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  for (const { Name } of await raven.list()) expect(stdout).toContain(Name);
});
