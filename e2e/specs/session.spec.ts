import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { startConsole } from '../run/console-process.mjs';

test.skip(process.env.RAVEN_ENV_FILE !== undefined, 'this is about the gateway, with a console of its own');

const printed = /http:\/\/(raven-[\da-f]{20}\.localhost):(\d+)\/sign-in\?token=[\w-]+/;
let own: Awaited<ReturnType<typeof startConsole>>;
/** Of the console under its name. */
let name: string;
let port: number;

test.beforeAll(async () => {
  own = await startConsole(['--sample', '20']);
  const [, host = '', number = ''] = printed.exec(own.output()) ?? [];
  name = host;
  port = Number(number);
});
test.afterAll(async () => {
  expect(await own.stop()).toBe(0);
});

/** As browsers come: by the name that was printed, and by the address that programs use. */
const ways = ['name', 'address'] as const;
const originOf = (way: (typeof ways)[number]) => `http://${way === 'name' ? name : '127.0.0.1'}:${String(port)}`;
const linkOf = (way: (typeof ways)[number]) => {
  const { pathname, search } = new URL(own.env.CONSOLE_URL ?? '');
  return originOf(way) + pathname + search;
};

interface Heard {
  readonly host: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server of somebody else on this machine, which keeps what it gets. */
async function listenElsewhere(page: string): Promise<{ server: Server; port: number; heard: Heard[] }> {
  const heard: Heard[] = [];
  const server = createServer((req, res) => {
    heard.push({ host: req.headers.host ?? '', headers: req.headers });
    res.setHeader('Content-Type', 'text/html');
    res.end(page);
  });
  // Both loopback addresses: browsers take names below localhost to either.
  server.listen(0, '::');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port, heard };
}

interface Replay {
  readonly host: string;
  readonly path: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Outside a browser, with whatever headers. */
async function send({ host, path, method = 'GET', headers }: Replay): Promise<number> {
  const req = request({ host: '127.0.0.1', port, method, path, headers: { Host: host, ...headers }, agent: false });
  req.end(method === 'GET' ? undefined : '{}');
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  await text(res);
  return res.statusCode ?? 0;
}

const data = [
  ['GET', '/raven/admin/certificates'],
  ['GET', '/raven/certificates/whoami'],
  ['GET', '/gateway/info'],
  ['POST', '/raven/admin/certificates'],
  ['PUT', '/raven/admin/certificates'],
] as const;

async function replayEverywhere(headers: Readonly<Record<string, string>>): Promise<Set<number>> {
  const statuses = new Set<number>();
  for (const host of ['127.0.0.1', 'localhost', name])
    for (const [method, path] of data) {
      const at = `${host}:${String(port)}`;
      const browser = { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Mode': 'cors', 'User-Agent': 'Mozilla/5.0' };
      const from = method === 'GET' ? {} : { Origin: `http://${at}` };
      statuses.add(await send({ host: at, path, method, headers: { ...browser, ...from, ...headers } }));
    }
  return statuses;
}

async function signedIn(context: BrowserContext, way: (typeof ways)[number], path = '/'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(linkOf(way));
  await expect(page.getByRole('grid', { name: 'Certificates' })).toBeVisible();
  if (path !== '/') await page.goto(originOf(way) + path);
  return page;
}

for (const way of ways)
  test(`signed in by ${way}: what another port gets and replays opens nothing`, async ({ context }) => {
    const page = await signedIn(context, way);
    const elsewhere = await listenElsewhere(`<title>Elsewhere</title><script>
      for (const host of ['127.0.0.1', 'localhost']) {
        fetch('http://' + host + ':${String(port)}/raven/admin/certificates', { credentials: 'include' }).catch(() => 0);
        new Image().src = 'http://' + host + ':${String(port)}/';
      }</script>`);
    const lured = await context.newPage();
    // It doesn't know the name; suppose that it did.
    const hosts = ['127.0.0.1', 'localhost', '[::1]', name];
    for (const host of hosts) {
      await lured.goto(`http://${host}:${String(elsewhere.port)}/`);
      await lured.goto('about:blank');
    }
    elsewhere.server.close();
    elsewhere.server.closeAllConnections();
    const cookies = new Map(
      elsewhere.heard.map(({ host, headers }) => [host.replace(/:\d+$/, ''), headers.cookie ?? '']),
    );
    // The test's own attack works: where the browser's host is, its cookie goes to any port.
    expect(cookies.get(way === 'name' ? name : '127.0.0.1')).toContain(`raven-certificates-${String(port)}=`);
    for (const host of way === 'name' ? ['127.0.0.1', 'localhost', '[::1]'] : ['localhost', '[::1]', name])
      expect(cookies.get(host)).toBe('');
    for (const { headers } of elsewhere.heard) {
      expect(JSON.stringify(headers)).not.toContain('raven-certificates-session');
      expect(headers.referer ?? '').not.toContain(`:${String(port)}`);
    }
    for (const cookie of cookies.values()) expect([...(await replayEverywhere({ Cookie: cookie }))]).toEqual([401]);
    // As the page itself sends it, it does open: the replay isn't refused for its form.
    const asked = page.waitForRequest(/\/raven\//);
    await page.reload();
    const sent = (await (await asked).allHeaders())['raven-certificates-session'] ?? '';
    expect(sent).not.toBe('');
    const Cookie = cookies.get(way === 'name' ? name : '127.0.0.1') ?? '';
    expect(await replayEverywhere({ Cookie, 'Raven-Certificates-Session': sent })).toContain(200);
  });

for (const way of ways)
  test(`signed in by ${way}: addresses below, reloads and further tabs go on; a sign-out ends them all`, async ({
    context,
  }) => {
    const page = await signedIn(context, way, '/server');
    await expect(page.getByRole('heading', { level: 1, name: /server/i })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: /server/i })).toBeVisible();
    const second = await context.newPage();
    await second.goto(`${originOf(way)}/generate`);
    await second.getByRole('textbox', { name: /^name/i }).first().fill('kept-name');
    // By keyboard: the last of the bar.
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).focus();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
    await expect(page.getByText('Enter', { exact: true })).toBeVisible();
    await page.goBack();
    await expect(
      page
        .getByRole('heading', { name: 'You were signed out' })
        .or(page.getByRole('heading', { name: 'This browser isn’t signed in' })),
    ).toBeVisible();
    // The other tab says so and keeps what was typed.
    await second.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
    await expect(second.getByRole('alert')).toContainText('This browser isn’t signed in', { timeout: 30_000 });
    await expect(second.getByRole('textbox', { name: /^name/i }).first()).toHaveValue('kept-name');
    // A new link, in the first tab: the second goes on by itself.
    await page.goto(linkOf(way));
    await expect(page.getByRole('grid', { name: 'Certificates' })).toBeVisible();
    await expect(second.getByRole('alert')).toHaveCount(0, { timeout: 30_000 });
    await expect(second.getByRole('textbox', { name: /^name/i }).first()).toHaveValue('kept-name');
  });

test('a sign-out asks about unsaved work first', async ({ context }) => {
  const page = await signedIn(context, 'name', '/generate');
  await page.getByRole('textbox', { name: /^name/i }).first().fill('unsaved');
  const asked = page.waitForEvent('dialog');
  const click = page.getByRole('button', { name: 'Sign out' }).click();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await click;
  await expect(page.getByRole('textbox', { name: /^name/i }).first()).toHaveValue('unsaved');
  await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
  await expect(page.getByRole('banner')).toContainText('Server answers');
});

test('what the page asks by itself isn’t marked as somebody’s doing', async ({ context }) => {
  const page = await signedIn(context, 'name');
  const nextMark = async () => {
    const asked = page.waitForRequest(/\/raven\/build\/version/);
    await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
    return (await (await asked).allHeaders())['raven-certificates-active'];
  };
  await nextMark();
  expect(await nextMark()).toBeUndefined();
  // A script's own events aren't a person's.
  await page.evaluate("window.dispatchEvent(new KeyboardEvent('keydown', { key: 'x' }))");
  expect(await nextMark()).toBeUndefined();
  await page.keyboard.press('Shift');
  expect(await nextMark()).toBe('1');
  expect(await nextMark()).toBeUndefined();
});

test('says that nothing was done for too long, and keeps what was typed', async ({ context }) => {
  const page = await signedIn(context, 'name', '/generate');
  await page.getByRole('textbox', { name: /^name/i }).first().fill('kept-name');
  const message = 'Nothing was done here for 8 hours.';
  await page.route(/\/raven\/|\/gateway\//, (route) =>
    route.fulfill({ status: 401, json: { Type: 'Gateway.SessionEnded', Message: message } }),
  );
  await page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('You were signed out', { timeout: 30_000 });
  await expect(alert).toContainText(`${message} Press Enter where the console runs, and open the link that it prints.`);
  await expect(page.getByRole('textbox', { name: /^name/i }).first()).toHaveValue('kept-name');
});

test('the name stays between browser and console', async ({ context }) => {
  const page = await signedIn(context, 'name');
  expect(await page.title()).not.toContain(name);
  expect(JSON.stringify(own.env)).not.toContain(name);
  expect(own.env.CONSOLE_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in\?token=[\w-]+$/);
  const file = join(own.dataDir, 'console-name');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readFile(file, 'utf8')).trim()).toBe(name);
});

test('a program signs in with CONSOLE_URL and its cookie, as ever', async () => {
  const { CONSOLE_URL = '' } = own.env;
  for (let time = 0; time < 2; time += 1) {
    const answer = await fetch(CONSOLE_URL, { redirect: 'manual', headers: { 'User-Agent': 'a script' } });
    expect(answer.status).toBe(303);
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const list = await fetch(new URL('/raven/admin/certificates?metadataOnly=true', CONSOLE_URL), {
      headers: { cookie },
    });
    expect(list.status).toBe(200);
  }
});
