import { afterEach, beforeAll, afterAll, beforeEach, describe, expect, it } from 'vitest';
import { list, pageHeaders, startGateway, startServer, type TestGateway, type TestServer } from './gateway-harness.ts';
import { activeHeader, defaultIdleTime, secretHeader } from './sessions.ts';

const hour = 3_600_000;
const name = 'raven-0123456789abcdef0123.localhost';
let server: TestServer;
let gateway: TestGateway;
let clock = Date.now();
let reached = 0;

beforeAll(async () => {
  server = await startServer((_req, res) => {
    reached += 1;
    res.setHeader('Content-Type', 'application/json');
    res.end('{"Results":[]}');
  });
});
afterAll(() => server.close());

describe.each([
  ['on an address', {}, {}],
  ['under a name', { name }, { Host: `${name}:{port}` }],
  ['behind a proxy', { publicUrl: 'https://c.example.com' }, { Host: 'c.example.com' }],
])('a session %s', (_where, options, host: Readonly<Record<string, string>>) => {
  const at = (): Record<string, string> =>
    Object.fromEntries(
      Object.entries(host).map(([key, value]) => [key, value.replace('{port}', String(gateway.port))]),
    );
  beforeEach(async () => {
    gateway = await startGateway(server, { ...options, now: () => clock });
    reached = 0;
  });
  afterEach(() => gateway.close());
  const page = (path: string, headers = {}) => gateway.send(path, { headers: { ...at(), ...pageHeaders, ...headers } });
  const get = (headers: Readonly<Record<string, string>>) =>
    gateway.send(list, { headers: { ...at(), 'Sec-Fetch-Site': 'same-origin', ...headers } });
  const origin = () =>
    'publicUrl' in options ? options.publicUrl : `http://${at().Host ?? `127.0.0.1:${gateway.port}`}`;

  it('opens nothing of RavenDB’s to whoever got the cookie alone, or the secret alone', async () => {
    const { Cookie, [secretHeader]: secret } = gateway.session;
    const other = await gateway.signIn();
    for (const headers of [
      { Cookie },
      { [secretHeader]: secret },
      { Cookie, [secretHeader]: '' },
      { Cookie, [secretHeader]: `${secret} ` + 'x' },
      { Cookie, [secretHeader]: Cookie.split('=')[1] ?? '' },
      { Cookie, [secretHeader]: other[secretHeader] },
      { Cookie: other.Cookie, [secretHeader]: secret },
    ]) {
      for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
        const answer = await gateway.send(list, {
          method,
          headers: { ...at(), 'Sec-Fetch-Site': 'same-origin', Origin: origin(), ...headers },
        });
        expect([answer.status, answer.type]).toEqual([401, 'Gateway.SignInRequired']);
      }
      const info = await gateway.send('/gateway/info', { headers: { ...at(), ...headers } });
      expect(info.status).toBe(401);
    }
    expect(reached).toBe(0);
    expect((await get(gateway.session)).status).toBe(200);
  });

  it('gives scripts a cookie that is enough, and browsers never', async () => {
    const token = () => `/sign-in?token=${gateway.access.lastingToken()}`;
    for (const headers of [{ 'User-Agent': 'curl/8.5.0' }, { 'User-Agent': 'node', 'Sec-Fetch-Mode': 'cors' }]) {
      const script = await gateway.send(token(), { headers: { ...at(), ...headers } });
      expect([script.status, script.headers.location]).toEqual([303, '/']);
      const cookie = script.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
      expect((await gateway.send(list, { headers: { ...at(), Cookie: cookie } })).status).toBe(200);
    }
    for (const headers of [
      { 'User-Agent': 'Mozilla/5.0' },
      { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' },
      { 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Mode': 'navigate' },
    ]) {
      const browser = await gateway.send(token(), { headers: { ...at(), ...headers } });
      expect(browser.status).toBe(200);
      const got = browser.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
      expect((await gateway.send(list, { headers: { ...at(), Cookie: got } })).status).toBe(401);
    }
  });

  it('never shows its secret where a cache, a history or another page could read it', async () => {
    const { headers, text } = await page(`/sign-in?token=${gateway.access.issueToken()}`);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers.location).toBeUndefined();
    const secret = /<meta name="raven-session" content="([\w-]{43})"/.exec(text)?.[1] ?? '';
    expect(secret).not.toBe('');
    for (const path of ['/', '/signed-out', '/certificates/AB'])
      expect((await page(path, gateway.session)).text).not.toContain(gateway.session[secretHeader]);
  });

  it('ends by a sign-out, which says how to come back; other sessions go on', async () => {
    const other = await gateway.signIn();
    // As browsers send a form of a page without a referrer.
    const form = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document', Origin: 'null' };
    const headers = { ...at(), Cookie: gateway.cookie, 'Sec-Fetch-Site': 'same-origin', ...form };
    const answer = await gateway.send('/gateway/sign-out', { method: 'POST', headers });
    expect([answer.status, answer.headers.location]).toEqual([303, '/signed-out']);
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      /^[\w-]+=; Path=\/; HttpOnly; SameSite=Strict(; Secure)?; Max-Age=0$/,
    );
    const notice = await page('/signed-out');
    expect(notice.status).toBe(200);
    expect(notice.text).toContain('You are signed out');
    expect(notice.text).toContain('Enter');
    const after = await get(gateway.session);
    expect([after.status, after.type]).toEqual([401, 'Gateway.SessionEnded']);
    expect(after.text).toContain('signed out here');
    expect((await page('/', { Cookie: gateway.cookie })).status).toBe(401);
    expect((await get(other)).status).toBe(200);
  });

  it('isn’t ended by other sites, nor by a link', async () => {
    const from = { ...at(), Cookie: gateway.cookie };
    const foreign = { ...from, 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };
    expect((await gateway.send('/gateway/sign-out', { method: 'POST', headers: foreign })).status).toBe(403);
    for (const site of ['same-site', 'cross-site', 'none']) {
      const sandboxed = { ...from, ...pageHeaders, 'Sec-Fetch-Site': site, Origin: 'null' };
      expect((await gateway.send('/gateway/sign-out', { method: 'POST', headers: sandboxed })).status).toBe(403);
    }
    const bare = await gateway.send('/gateway/sign-out', { method: 'POST', headers: from });
    expect(bare.status).toBe(403);
    expect((await page('/gateway/sign-out', gateway.session)).status).toBe(404);
    expect((await get(gateway.session)).status).toBe(200);
  });

  it('ends when nobody did anything for eight hours, whatever the page asks by itself', async () => {
    for (let asked = 0; asked < 15; asked += 1) {
      clock += hour / 2;
      expect((await get(gateway.session)).status).toBe(200);
    }
    clock += hour / 2;
    const late = await get({ ...gateway.session, [activeHeader]: '1' });
    expect([late.status, late.type]).toEqual([401, 'Gateway.SessionEnded']);
    expect(late.text).toContain('Nothing was done here for 8 hours.');
    const notice = await page('/', { Cookie: gateway.cookie });
    expect(notice.status).toBe(401);
    expect(notice.text).toContain('You were signed out');
    expect(notice.text).toContain('8 hours');
    expect(notice.text).toContain('Enter');
  });

  it.each([
    ['a request that the page marks', { headers: { [activeHeader]: '1' } }],
    ['a change', { method: 'PUT', body: '{}' }],
  ])('goes on after %s', async (_what, request: { method?: string; body?: string; headers?: object }) => {
    const send = () =>
      gateway.send(list, {
        ...request,
        headers: { ...at(), ...gateway.session, 'Sec-Fetch-Site': 'same-origin', Origin: origin(), ...request.headers },
      });
    for (let i = 0; i < 4; i += 1) {
      clock += defaultIdleTime - hour;
      expect((await send()).status).toBe(200);
    }
  });

  it('isn’t kept alive by the cookie alone', async () => {
    clock += defaultIdleTime - 1;
    await page('/', { Cookie: gateway.cookie, [activeHeader]: '1' });
    expect((await get({ Cookie: gateway.cookie, [activeHeader]: '1' })).status).toBe(401);
    clock += 1;
    expect((await get(gateway.session)).type).toBe('Gateway.SessionEnded');
  });
});

describe('a name', () => {
  beforeAll(async () => {
    gateway = await startGateway(server, { name });
  });
  afterAll(() => gateway.close());

  it('is what browsers open, and is never told', async () => {
    expect(gateway.origin).toBe(`http://${name}:${String(gateway.port)}`);
    const seen = [
      await gateway.send('/', { headers: pageHeaders }),
      await gateway.send('/', { headers: { ...pageHeaders, Host: 'evil.example' } }),
      await gateway.send('/', { headers: { ...pageHeaders, 'Sec-Fetch-Site': 'cross-site' } }),
      await gateway.send('/sign-in?token=x', { headers: pageHeaders }),
      await gateway.send(`/sign-in?token=${gateway.access.issueToken()}`, { headers: pageHeaders }),
      await gateway.send('/signed-out', { headers: pageHeaders }),
      await gateway.browser('/gateway/info'),
      await gateway.browser('/'),
      await gateway.browser('/gateway/none'),
    ];
    for (const { headers, text } of seen) {
      expect(JSON.stringify(headers) + text).not.toContain('raven-0123');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
  });

  it('of another console, or of none, leads nowhere', async () => {
    for (const host of ['raven-x.localhost', 'localhost', name, `x.${name}`])
      expect((await gateway.send('/', { headers: { ...pageHeaders, Host: host } })).status).toBe(403);
  });
});
