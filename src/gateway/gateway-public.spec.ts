import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { list, pageHeaders, startGateway, startServer, type TestGateway, type TestServer } from './gateway-harness.ts';

const publicUrl = 'https://certificates.example.com';
let server: TestServer;
let gateway: TestGateway;
let reached = 0;

beforeAll(async () => {
  server = await startServer((_req, res) => {
    reached += 1;
    res.end('{"Results":[]}');
  });
  gateway = await startGateway(server, { publicUrl });
});
afterAll(async () => {
  await gateway.close();
  await server.close();
});

describe('behind a proxy with TLS', () => {
  it('the link leads to the public address, and its cookie stays on https and on this host', async () => {
    expect(gateway.origin).toBe(publicUrl);
    const { status, headers } = await gateway.send(`/sign-in?token=${gateway.access.issueToken()}`, {
      headers: pageHeaders,
    });
    expect(status).toBe(200);
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(
        /^__Host-raven-certificates-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      ) as string,
    ]);
  });
  it('reads and writes of its pages get through', async () => {
    expect((await gateway.browser(list)).status).toBe(200);
    expect((await gateway.browser(list, { method: 'PUT', body: '{}' })).status).toBe(200);
  });
  it.each(['127.0.0.1:{port}', 'localhost:{port}', 'certificates.example.com:8443', 'example.com'])(
    'the Host %j isn’t answered',
    async (host) => {
      reached = 0;
      const headers = { Host: host.replace('{port}', String(gateway.port)) };
      for (const path of ['/', list, '/gateway/info', `/sign-in?token=${gateway.access.issueToken()}`]) {
        const { status, type, headers: answered } = await gateway.browser(path, { headers });
        expect([status, type]).toEqual([403, 'Gateway.Refused']);
        expect(answered['set-cookie']).toBeUndefined();
      }
      expect(reached).toBe(0);
    },
  );
  it.each(['http://certificates.example.com', 'https://127.0.0.1', 'https://example.com'])(
    'the Origin %j is turned away',
    async (origin) => {
      const { status } = await gateway.browser(list, { method: 'PUT', body: '{}', headers: { Origin: origin } });
      expect(status).toBe(403);
    },
  );
});
