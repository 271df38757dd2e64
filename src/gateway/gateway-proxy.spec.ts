import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { request } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { maxBody } from './forward.ts';
import {
  clientPem,
  list,
  pemOf,
  serverPem,
  startGateway,
  startServer,
  type TestGateway,
  type TestServer,
} from './gateway-harness.ts';

let server: TestServer;
let gateway: TestGateway;
let handler: RequestListener;
const own = new X509Certificate(clientPem).fingerprint;

beforeAll(async () => {
  server = await startServer((req, res) => handler(req, res));
  gateway = await startGateway(server);
});
afterEach(() => {
  handler = (_req, res) => res.end();
});
afterAll(async () => {
  await gateway.close();
  await server.close();
});

const json = (res: ServerResponse, value: unknown): void => {
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.end(JSON.stringify(value));
};

it('shows RavenDB our certificate and nothing of the browser', async () => {
  let seen: IncomingMessage | undefined;
  let body = '';
  handler = (req, res) => {
    seen = req;
    void buffer(req).then((bytes) => {
      body = bytes.toString();
      res.end();
    });
  };
  await gateway.browser(list, {
    method: 'POST',
    body: '{"Name":"ü"}',
    headers: {
      Accept: 'text/html,application/xhtml+xml',
      'Accept-Encoding': 'gzip, br, zstd',
      'Content-Type': 'application/json',
      Referer: `${gateway.origin}/generate`,
      'User-Agent': 'Browser/1.0',
      'X-Forwarded-For': '10.0.0.1',
      'Raven-Client-Version': '7.1',
      Authorization: 'Basic eA==',
    },
  });
  expect(body).toBe('{"Name":"ü"}');
  expect(server.connections).toContain(own);
  expect(seen?.headers).toEqual({
    host: `localhost:${String(server.port)}`,
    connection: 'keep-alive',
    accept: '*/*',
    'accept-encoding': 'gzip, br, zstd',
    'content-type': 'application/json',
    'content-length': '13',
    'raven-studio-version': '7.2.0',
  });
});

it('passes compressed answers byte for byte, with their own headers only', async () => {
  const packed = gzipSync('{"Results":[]}');
  handler = (_req, res) => {
    res.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Encoding': 'gzip',
      Vary: 'Accept-Encoding',
      'Raven-Server-Version': '7.2.7.72051',
      'Set-Cookie': 'x=1',
      'Access-Control-Allow-Origin': '*',
    });
    res.end(packed);
  };
  const answer = await gateway.browser(list, { headers: { 'Accept-Encoding': 'gzip' } });
  expect(answer.body.equals(packed)).toBe(true);
  expect(answer.headers).toMatchObject({
    'content-encoding': 'gzip',
    vary: 'Accept-Encoding',
    'raven-server-version': '7.2.7.72051',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  // An encoding that Node itself doesn't know is none of the gateway's business.
  handler = (_req, res) => {
    res.writeHead(200, { 'Content-Encoding': 'zstd' });
    res.end(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]));
  };
  expect((await gateway.browser(list)).body).toEqual(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]));
});

it('keeps status and body of RavenDB’s errors', async () => {
  handler = (_req, res) => {
    res.statusCode = 500;
    json(res, { Url: '/x', Type: 'System.ArgumentException', Message: 'm', Error: 'e' });
  };
  const answer = await gateway.browser(list);
  expect([answer.status, answer.type]).toEqual([500, 'System.ArgumentException']);
});

const headersOf = (method: string): Record<string, string> => ({
  ...gateway.session,
  'Sec-Fetch-Site': 'same-origin',
  ...(method === 'GET' ? {} : { Origin: gateway.origin }),
});

it('streams answers: the first part is there before the last is made', async () => {
  let finish = (): void => undefined;
  handler = (_req, res) => {
    res.write('first');
    finish = () => res.end('last');
  };
  const req = request({ port: gateway.port, host: '127.0.0.1', path: list, headers: headersOf('GET') }).end();
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  const [chunk] = (await once(res, 'data')) as [Buffer];
  expect(chunk.toString()).toBe('first');
  finish();
  expect((await buffer(res)).toString()).toBe('last');
});

it('streams requests: RavenDB reads the first part before the last is sent', async () => {
  const arrived: string[] = [];
  handler = (req, res) => {
    req.on('data', (chunk: Buffer) => arrived.push(chunk.toString()));
    req.on('end', () => res.end());
  };
  const req = request({ port: gateway.port, host: '127.0.0.1', method: 'PUT', path: list, headers: headersOf('PUT') });
  req.write('first');
  await vi.waitFor(() => expect(arrived).toEqual(['first']));
  req.end('last');
  await once(req, 'response');
  expect(arrived.join('')).toBe('firstlast');
});

it('lets go of RavenDB when the browser goes away', async () => {
  let gone: Promise<unknown> | undefined;
  handler = (_req, res) => {
    gone = once(res, 'close');
    res.write('x');
  };
  const req = request({ port: gateway.port, host: '127.0.0.1', path: list, headers: headersOf('GET') }).end();
  req.on('error', () => undefined);
  await once(req, 'response');
  req.destroy();
  await gone;
});

it('takes bodies up to its limit, whether announced or not', async () => {
  let size = 0;
  handler = (req, res) => {
    void buffer(req).then(
      (bytes) => {
        size = bytes.length;
        res.end();
      },
      () => undefined,
    );
  };
  const big = randomBytes(maxBody);
  expect((await gateway.browser(list, { method: 'PUT', body: big })).status).toBe(200);
  expect(size).toBe(maxBody);
  const tooBig = Buffer.concat([big, Buffer.from('x')]);
  const announced = request({
    port: gateway.port,
    host: '127.0.0.1',
    method: 'PUT',
    path: list,
    headers: { ...headersOf('PUT'), 'Content-Length': String(tooBig.length) },
  });
  announced.on('error', () => undefined);
  announced.flushHeaders();
  const [refused] = (await once(announced, 'response')) as [IncomingMessage];
  expect(refused.statusCode).toBe(413);
  announced.destroy();
  const chunked = { 'Transfer-Encoding': 'chunked' };
  const answer = await gateway.browser(list, { method: 'PUT', body: tooBig, headers: chunked });
  expect([answer.status, answer.type]).toEqual([413, 'Gateway.TooLarge']);
});

it('answers 502 while RavenDB is away, and goes on by itself', async () => {
  const first = await startServer((_req, res) => json(res, { Results: [] }));
  const other = await startGateway(first);
  expect((await other.browser(list)).status).toBe(200);
  await first.close();
  for (let i = 0; i < 3; i += 1) {
    const away = await other.browser(list);
    expect([away.status, away.type]).toEqual([502, 'Gateway.ServerUnreachable']);
    expect(away.text).toContain(first.url);
  }
  const again = await startServer((_req, res) => json(res, { Results: [] }), { port: first.port });
  expect((await other.browser(list)).status).toBe(200);
  // Idle connections that the server cut are no error for a read.
  await again.close();
  const third = await startServer((_req, res) => json(res, { Results: [] }), { port: first.port });
  expect((await other.browser(list)).status).toBe(200);
  await other.close();
  await third.close();
});

it('cuts an answer that RavenDB cut, instead of making it look whole', async () => {
  handler = (_req, res) => {
    res.write('{"Results":[');
    setImmediate(() => res.destroy());
  };
  await expect(gateway.browser(list)).rejects.toThrow();
});

it('keeps its one certificate for servers that something vouches for', async () => {
  const fingerprint = createHash('sha256').update(new X509Certificate(serverPem).raw).digest('hex');
  let requests = 0;
  handler = (_req, res) => {
    requests += 1;
    json(res, {});
  };
  for (const trust of [{}, { fingerprints: [fingerprint.replace(/^../, '00')] }, { ca: clientPem }]) {
    const wary = await startGateway(server, { trust });
    const answer = await wary.browser(list);
    expect([answer.status, answer.type]).toEqual([502, 'Gateway.ServerNotTrusted']);
    await wary.close();
  }
  expect(requests).toBe(0);
  const confirmed = await startGateway(server, { trust: { fingerprints: [fingerprint] } });
  expect((await confirmed.browser(list)).status).toBe(200);
  await confirmed.close();
});

it('doesn’t take a certificate that is for another name', async () => {
  const pem = pemOf('serveronly');
  const misnamed = await startServer((_req, res) => json(res, {}), { pem });
  const wary = await startGateway(misnamed, { trust: { ca: pem } });
  const answer = await wary.browser(list);
  expect([answer.status, answer.type]).toEqual([502, 'Gateway.ServerNotTrusted']);
  expect(answer.text).toContain('it is for another name');
  await wary.close();
  await misnamed.close();
});
