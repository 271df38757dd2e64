import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { list, pageHeaders, startGateway, startServer, type TestGateway, type TestServer } from './gateway-harness.ts';

let server: TestServer;
let gateway: TestGateway;
let reached: string[] = [];
let clock = Date.now();

beforeAll(async () => {
  server = await startServer((req, res) => {
    reached.push(`${req.method ?? ''} ${req.url ?? ''}`);
    res.setHeader('Content-Type', 'application/json');
    res.end('{"Results":[]}');
  });
  gateway = await startGateway(server, { now: () => clock });
});
afterAll(async () => {
  await gateway.close();
  await server.close();
});

/** Turned away, and RavenDB never heard of it. */
async function expectShut(answer: ReturnType<TestGateway['send']>, status: number, type: string): Promise<void> {
  reached = [];
  const { status: got, type: gotType, headers } = await answer;
  expect([got, gotType]).toEqual([status, type]);
  expect(reached).toEqual([]);
  expect(headers['access-control-allow-origin']).toBeUndefined();
  expect(headers['cache-control']).toBe('no-store');
}

describe('the gateway lets in', () => {
  it('the signed-in page', async () => {
    reached = [];
    const answer = await gateway.browser(`${list}?metadataOnly=true`);
    expect(answer.status).toBe(200);
    expect(reached).toEqual(['GET /admin/certificates?metadataOnly=true']);
  });
  it('a write of the page, which has an Origin', async () => {
    expect((await gateway.browser(list, { method: 'PUT', body: '{}' })).status).toBe(200);
  });
  it('localhost as a name of its own', async () => {
    const host = `localhost:${String(gateway.port)}`;
    expect((await gateway.browser(list, { headers: { Host: host } })).status).toBe(200);
    const put = { method: 'PUT', body: '{}', headers: { Host: host, Origin: `http://${host}` } };
    expect((await gateway.browser(list, put)).status).toBe(200);
  });
  it('a browser without fetch metadata: reads, and writes with its own Origin', async () => {
    const headers = gateway.session;
    expect((await gateway.send(list, { headers })).status).toBe(200);
    const write = { method: 'DELETE', headers: { ...headers, Origin: gateway.origin } };
    expect((await gateway.send(list, write)).status).toBe(200);
  });
});

describe('the gateway turns away', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example'])(
    'the Host %j',
    async (host) => {
      await expectShut(gateway.browser(list, { headers: { Host: host } }), 403, 'Gateway.Refused');
    },
  );
  it.each(['http://127.0.0.1:1', 'https://evil.example', 'null', 'http://127.0.0.1', 'https://127.0.0.1:{port}'])(
    'the Origin %j',
    async (origin) => {
      const headers = { Origin: origin.replace('{port}', String(gateway.port)) };
      for (const method of ['GET', 'PUT', 'OPTIONS'])
        await expectShut(gateway.browser(list, { method, headers }), 403, 'Gateway.Refused');
    },
  );
  it.each(['cross-site', 'same-site', 'none', 'SAME-ORIGIN', ''])('the Sec-Fetch-Site %j', async (site) => {
    await expectShut(gateway.browser(list, { headers: { 'Sec-Fetch-Site': site } }), 403, 'Gateway.Refused');
  });
  it('a write that says nothing about where it comes from', async () => {
    await expectShut(gateway.send(list, { method: 'DELETE', headers: gateway.session }), 403, 'Gateway.Refused');
  });
  it('a page load from another site, with a way on that is the person’s own', async () => {
    const headers = { ...pageHeaders, 'Sec-Fetch-Site': 'cross-site', Cookie: gateway.cookie };
    const answer = await gateway.send('/', { headers });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('<a href="">');
  });
  it('a page inside a frame', async () => {
    const headers = { ...pageHeaders, 'Sec-Fetch-Dest': 'iframe', Cookie: gateway.cookie };
    await expectShut(gateway.send('/', { headers }), 403, 'Gateway.Refused');
  });
  it('loading ahead of time, which would use up a link', async () => {
    const token = gateway.access.issueToken();
    const headers = { ...pageHeaders, 'Sec-Purpose': 'prefetch' };
    await expectShut(gateway.send(`/sign-in?token=${token}`, { headers }), 403, 'Gateway.Refused');
    expect((await gateway.send(`/sign-in?token=${token}`, { headers: pageHeaders })).status).toBe(200);
  });
  it.each([
    '',
    'raven-certificates-{port}=',
    'raven-certificates-{port}=x',
    'raven-certificates-1={value}',
    'x={value}',
  ])('the Cookie %j', async (pattern) => {
    const value = gateway.cookie.split('=')[1] ?? '';
    const cookie = pattern.replace('{port}', String(gateway.port)).replace('{value}', value);
    for (const path of [list, '/gateway/info', '/assets/main-1a2b3c4d.js'])
      await expectShut(gateway.browser(path, { headers: { Cookie: cookie } }), 401, 'Gateway.SignInRequired');
  });
  it.each([
    ['GET', '/raven/admin/console'],
    ['GET', '/raven/databases/a/docs'],
    ['DELETE', '/raven/admin/databases'],
    ['PATCH', '/raven/admin/certificates'],
    ['OPTIONS', '/raven/admin/certificates'],
    ['GET', '/raven/admin/certificates/'],
    ['GET', '/raven//admin/certificates'],
    ['GET', '/raven/admin/../admin/certificates'],
    ['GET', '/raven/admin/%63ertificates'],
    ['GET', '/raven/admin%2Fcertificates'],
    ['GET', '/raven/certificates/whoami/..%2f..%2fadmin/databases'],
    ['GET', '/raven/certificates/whoami;/x'],
    ['GET', '/raven/certificates/whoami\\..\\..\\admin'],
    ['GET', '/RAVEN/admin/certificates'],
    ['GET', '/raven/Admin/Certificates'],
    ['GET', '/raven'],
    ['GET', '/raven/'],
    ['POST', '/gateway/info'],
    ['GET', '/gateway/other'],
    ['POST', '/'],
    ['GET', 'http://127.0.0.1/raven/admin/certificates'],
    ['GET', '/assets/../index.html'],
    ['GET', '/%2e%2e/%2e%2e/etc/passwd'],
    ['GET', '/..%2f..%2fetc/passwd'],
  ])('%s %s', async (method, path) => {
    await expectShut(gateway.browser(path, { method }), 404, 'Gateway.UnknownRoute');
  });
});

describe('a link', () => {
  const open = (token: string, headers = {}) =>
    gateway.send(`/sign-in?token=${token}`, { headers: { ...pageHeaders, ...headers } });

  it('gives a cookie that only pages of this console send', async () => {
    const answer = await open(gateway.access.issueToken());
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toHaveLength(1);
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^raven-certificates-${String(gateway.port)}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
  });
  it('opens from anywhere: its token is proof enough', async () => {
    expect((await open(gateway.access.issueToken(), { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(200);
    const frame = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'iframe' };
    expect((await open(gateway.access.issueToken(), frame)).status).toBe(403);
  });
  it('works once', async () => {
    const token = gateway.access.issueToken();
    expect((await open(token)).status).toBe(200);
    const again = await open(token);
    expect(again.status).toBe(401);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.text).toContain('Enter');
    expect(again.text).not.toContain(token);
  });
  it('works within five minutes', async () => {
    const [early, late] = [gateway.access.issueToken(), gateway.access.issueToken()];
    clock += 5 * 60_000 - 1;
    expect((await open(early)).status).toBe(200);
    clock += 1;
    expect((await open(late)).status).toBe(401);
  });
  it('leads back a browser that is signed in already', async () => {
    const headers = { ...pageHeaders, Cookie: gateway.cookie };
    expect((await gateway.send('/sign-in?token=used', { headers })).status).toBe(303);
  });
  it('is not guessed', async () => {
    for (const token of ['', 'undefined', '0', gateway.cookie]) expect((await open(token)).status).toBe(401);
    expect((await gateway.send('/sign-in', { headers: pageHeaders })).status).toBe(401);
  });
  it('for tools works as long as the process runs', async () => {
    const token = gateway.access.lastingToken();
    clock += 24 * 3_600_000;
    expect((await open(token)).status).toBe(200);
    expect((await open(token)).status).toBe(200);
  });
});

describe('the console’s own files', () => {
  beforeAll(async () => {
    await gateway.close();
    gateway = await startGateway(server);
  });
  const load = (path: string, cookie = gateway.cookie) =>
    gateway.send(path, { headers: { ...pageHeaders, Cookie: cookie } });

  it('are not shown without a session: the page says how to get one', async () => {
    const answer = await load('/', '');
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(answer.text).toContain('Enter');
  });
  it('know where they are served and where RavenDB is', async () => {
    const answer = await load('/certificates/0F61904E1926ED2EDD5BB4BA8BC34742960B7839');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('<base href="/" />');
    expect(answer.text).toContain('<meta name="raven-api" content="/raven" />');
    expect(answer.headers['cache-control']).toBe('no-cache');
  });
  it('run under a strict policy', async () => {
    const { headers } = await load('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).not.toContain('unsafe');
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types raven-certificates',
    ])
      expect(policy.split('; ')).toContain(part);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });
  it('with a hash in the name are kept for good', async () => {
    const answer = await gateway.browser('/assets/main-1a2b3c4d.js');
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
    expect((await gateway.browser('/assets/main-gone.js')).type).toBe('Gateway.UnknownRoute');
  });
  it('say which server this is', async () => {
    expect(JSON.parse((await gateway.browser('/gateway/info')).text)).toEqual({
      serverUrl: server.url,
      nodes: [{ url: server.url, away: false }],
    });
  });
});
