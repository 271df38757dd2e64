import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type RequestListener, type Server } from 'node:http';
import {
  connect,
  createSecureServer,
  createServer as createPlainHttp2,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { type AddressInfo, createServer as createPort } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientPem, list, serverPem, startGateway, startServer, type TestServer } from './gateway-harness.ts';
import { listenAt } from './listen.ts';
import { createGateway, type PortalGateway, type PortalGatewayOptions } from './portal-gateway.ts';

let ravendb: TestServer;
let handler: RequestListener;
let reached: string[] = [];

beforeAll(async () => {
  ravendb = await startServer((req, res) => {
    reached.push(`${req.method ?? ''} ${req.url ?? ''}`);
    handler(req, res);
  });
});
beforeEach(() => {
  reached = [];
  handler = (_req, res) => {
    res.setHeader('Content-Type', 'application/json');
    res.end('{"Results":[]}');
  };
});
afterAll(() => ravendb.close());

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;

describe('a portal', () => {
  const closers: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  const portal = (authorize: PortalGatewayOptions['authorize']): PortalGateway => {
    const gateway = createGateway({ url: ravendb.url, cert: clientPem, ca: serverPem, authorize });
    closers.push(() => gateway.close());
    return gateway;
  };
  async function listen(server: Server | Http2Server): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => server.close());
    return portOf(server);
  }
  async function over2(origin: string, path: string, headers: Record<string, string> = {}) {
    const session = connect(origin, { rejectUnauthorized: false });
    try {
      const stream = session.request({ ':path': path, 'sec-fetch-site': 'same-origin', ...headers });
      const [answer] = (await once(stream, 'response')) as [Record<string, unknown>];
      return { status: answer[':status'], text: await text(stream) };
    } finally {
      session.close();
    }
  }

  it.each(['h2', 'h2c'])('answers over %s as over HTTP/1.1', async (kind) => {
    const gateway = portal((req) => req.headers.cookie === 'in=1');
    // The request lacks two properties of the type, which nothing reads.
    const handle = gateway as unknown as (req: Http2ServerRequest, res: Http2ServerResponse) => void;
    const server =
      kind === 'h2' ? createSecureServer({ key: serverPem, cert: serverPem }, handle) : createPlainHttp2(handle);
    const origin = `${kind === 'h2' ? 'https' : 'http'}://localhost:${String(await listen(server))}`;
    for (const path of [list, '/gateway/info', '/elsewhere'])
      expect((await over2(origin, path)).status).toBe(path === '/elsewhere' ? 404 : 401);
    expect(
      (
        await over2(origin, list, {
          ':authority': origin.replace(/^\w+:\/\//, ''),
          host: 'evil.example',
          cookie: 'in=1',
        })
      ).status,
    ).toBe(403);
    expect((await over2(origin, list, { cookie: 'in=1', origin: 'https://evil.example' })).status).toBe(403);
    expect(reached).toEqual([]);
    expect(await over2(origin, list, { cookie: 'in=1' })).toEqual({ status: 200, text: '{"Results":[]}' });
    expect(await over2(origin, list, { cookie: 'in=1', origin })).toEqual({ status: 200, text: '{"Results":[]}' });
    expect(JSON.parse((await over2(origin, '/gateway/info', { cookie: 'in=1' })).text)).toEqual({
      serverUrl: ravendb.url,
      nodes: [{ url: ravendb.url, away: false }],
    });
  });

  it.each([list, '/gateway/info'])('does nothing more after others have answered %s', async (path) => {
    let decide: (allowed: boolean) => void = () => undefined;
    const gateway = portal(() => new Promise((resolve) => (decide = resolve)));
    const server = createServer((req, res) => {
      gateway(req, res);
      // As a middleware does that limits the time of answers.
      res.writeHead(503).end('too late');
    });
    const answer = await fetch(`http://127.0.0.1:${String(await listen(server))}${path}`);
    expect([answer.status, await answer.text()]).toEqual([503, 'too late']);
    for (const allowed of [true, false]) decide(allowed);
    const again = await fetch(`http://127.0.0.1:${String(portOf(server))}${path}`);
    expect(again.status).toBe(503);
    decide(true);
    await gateway.close();
    expect(reached).toEqual([]);
  });

  it('answers 500 when the server in front hands it something broken', async () => {
    const gateway = portal(() => true);
    const server = createServer((req, res) => {
      Object.defineProperty(req, 'headers', { get: () => undefined });
      gateway(req, res);
    });
    const answer = await fetch(`http://127.0.0.1:${String(await listen(server))}${list}`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ Type: 'Gateway.Fault' });
  });

  it('answers what is under way before it ends, and refuses what comes later', async () => {
    const gateway = portal(() => true);
    const server = createServer(gateway);
    const port = await listen(server);
    let finish = (): void => undefined;
    handler = (_req, res) => {
      finish = () => res.end('the key');
    };
    const generate = request({ host: '127.0.0.1', port, method: 'POST', path: list, headers: ours(port) }).end('{}');
    const answered = once(generate, 'response') as Promise<[IncomingMessage]>;
    await vi.waitFor(() => expect(reached).toEqual([`POST ${list.slice('/raven'.length)}`]));
    let ended = false;
    const closed = gateway.close().then(() => (ended = true));
    const late = await fetch(`http://127.0.0.1:${String(port)}${list}`);
    expect([late.status, await late.json()]).toEqual([
      503,
      { Type: 'Gateway.Stopping', Message: 'The console is ending.' },
    ]);
    expect(ended).toBe(false);
    finish();
    const [answer] = await answered;
    expect([answer.statusCode, await text(answer)]).toEqual([200, 'the key']);
    await closed;
  });
});

const ours = (port: number): Record<string, string> => ({
  'Sec-Fetch-Site': 'same-origin',
  Origin: `http://127.0.0.1:${String(port)}`,
});

describe('the console’s gateway', () => {
  it('answers a generate that is under way before it ends', async () => {
    const gateway = await startGateway(ravendb);
    let finish = (): void => undefined;
    handler = (_req, res) => {
      res.setHeader('Content-Type', 'application/octet-stream');
      finish = () => res.end('the key');
    };
    const generate = gateway.browser(list, { method: 'POST', body: '{}' });
    await vi.waitFor(() => expect(reached).toHaveLength(1));
    const closed = gateway.close();
    finish();
    expect((await generate).text).toBe('the key');
    await closed;
  });

  it('doesn’t wait for a read that never ends', async () => {
    const gateway = await startGateway(ravendb);
    handler = () => undefined;
    const read = gateway.browser(list).catch(() => 'cut');
    await vi.waitFor(() => expect(reached).toHaveLength(1));
    await gateway.close();
    await read;
  });

  it.each(['bytes=5-2', 'bytes=-1', 'bytes=9999999-', 'bytes=a-b'])('goes on after the Range %j', async (range) => {
    const gateway = await startGateway(ravendb);
    const file = '/assets/main-1a2b3c4d.js';
    expect((await gateway.browser(file, { headers: { Range: range } })).text).toBe('export {};');
    await gateway.close();
  });
});

describe('listening', () => {
  it('takes both loopback addresses, since browsers look for a name at either', async () => {
    const listening = await listenAt('127.0.0.1', 0);
    listening.serve((_req, res) => res.end('here'));
    for (const host of ['127.0.0.1', '[::1]'])
      expect(await (await fetch(`http://${host}:${String(listening.port)}/`)).text()).toBe('here');
    await listening.close();
  });

  it('says that the port is in use when somebody has its other half', async () => {
    const squatter = createPort().listen(0, '::1');
    await once(squatter, 'listening');
    await expect(listenAt('127.0.0.1', portOf(squatter))).rejects.toMatchObject({ code: 'EADDRINUSE' });
    squatter.close();
  });
});

/** A portal as people write one: a middleware that limits how long answers take, and HTTP/2 beside HTTP/1.1. */
const portalProgram = `
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createGateway } from './portal-gateway.js';

const pem = readFileSync('server.pem', 'utf8');
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const gateway = createGateway({
  url: process.argv[2],
  cert: readFileSync('client.pem', 'utf8'),
  ca: pem,
  authorize: async ({ headers }) => {
    if (headers['x-slow'] === undefined) return headers['x-in'] === '1';
    await pause(100);
    if (headers['x-slow'] === 'throws') throw new Error('no session store');
    return headers['x-slow'] === 'yes';
  },
});
const limited = createServer((req, res) => {
  const timer = setTimeout(() => {
    if (!res.headersSent) res.writeHead(503).end('too late');
  }, 20);
  res.once('close', () => clearTimeout(timer));
  gateway(req, res);
});
const second = createSecureServer({ key: pem, cert: pem }, gateway);
limited.listen(0, '127.0.0.1', () =>
  second.listen(0, '127.0.0.1', () => console.log(limited.address().port + ' ' + second.address().port)),
);
`;

describe('the process of a portal', () => {
  let folder: string;
  let child: ChildProcess;
  let said = '';
  let [limited, second] = [0, 0];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gateway-life-'));
    await build({
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: { ssr: fileURLToPath(new URL('portal-gateway.ts', import.meta.url)), outDir: folder, emptyOutDir: false },
    });
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'server.pem'), serverPem);
    await writeFile(join(folder, 'client.pem'), clientPem);
    await writeFile(join(folder, 'portal.js'), portalProgram);
    child = spawn(process.execPath, ['portal.js', ravendb.url], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr?.on('data', (part: Buffer) => (said += part.toString()));
    const ports = await new Promise<string>((resolve, reject) => {
      child.stdout?.once('data', (part: Buffer) => resolve(part.toString()));
      child.once('exit', (code) => reject(new Error(`It ended with ${String(code)}: ${said}`)));
    });
    [limited = 0, second = 0] = ports.split(' ').map(Number);
  });
  afterAll(async () => {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });
  const get = async (path: string, headers: Record<string, string>): Promise<number> =>
    (await fetch(`http://127.0.0.1:${String(limited)}${path}`, { headers })).status;

  it('is ended by nobody who isn’t let in, and by no answer that comes too late', async () => {
    for (const path of [list, '/gateway/info', '/raven/', '/gateway/none', '/%', '//']) {
      const session = connect(`https://localhost:${String(second)}`, { rejectUnauthorized: false });
      // An end of the process shows below; here it would only be a cut connection.
      session.on('error', () => undefined);
      const stream = session.request({ ':path': path }).on('error', () => undefined);
      await Promise.race([once(stream, 'response'), once(stream, 'close')]);
      session.destroy();
      for (const slow of ['yes', 'no', 'throws']) await get(path, { 'x-slow': slow }).catch(() => 0);
    }
    // Later than all those that were late.
    await get(list, { 'x-slow': 'yes' }).catch(() => 0);
    await vi.waitFor(async () => expect([said, await get('/gateway/info', { 'x-in': '1' })]).toEqual(['', 200]));
    expect(child.exitCode).toBeNull();
  });
});
