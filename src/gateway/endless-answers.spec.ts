import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startGateway, startServer, type TestGateway, type TestServer } from './gateway-harness.ts';

/** What a RavenDB that isn't one could fill the gateway's memory with: answers that the gateway reads itself and that never end. */
const enough = 32 * 1024 * 1024;
const part = Buffer.alloc(64 * 1024, ' ');

let server: TestServer;
let leader: TestServer;
let gateway: TestGateway;
let handler: RequestListener;
/** Bytes that somebody took of an endless answer. */
let taken = 0;

beforeAll(async () => {
  server = await startServer((req, res) => handler(req, res));
  leader = await startServer((req, res) => req.resume().on('end', () => res.end('{}')));
});
beforeEach(async () => {
  taken = 0;
  gateway = await startGateway(server);
});
afterEach(() => gateway.close());
afterAll(async () => {
  await server.close();
  await leader.close();
});

/** Sends on until the other side goes away; one that takes as much as this is taken for one that would take everything. */
async function sendEndless(res: ServerResponse): Promise<void> {
  const gone = once(res, 'close');
  while (!res.destroyed && taken < enough) {
    taken += part.length;
    if (!res.write(part)) await Promise.race([once(res, 'drain'), gone]);
  }
  res.destroy();
}

const replace = () => gateway.browser('/raven/admin/certificates/replace-cluster-cert', { method: 'POST', body: '{}' });
/** @param path where the endless answer is; elsewhere `otherwise` */
function endlessAt(path: string, otherwise: (res: ServerResponse) => void): void {
  handler = (req, res) => {
    req.resume().on('end', () => {
      if (req.url?.startsWith(path) === true) void sendEndless(res);
      else otherwise(res);
    });
  };
}

it('an answer to a replacement that never ends is cut off', async () => {
  endlessAt('/admin/certificates/replace-cluster-cert', (res) => res.end('{}'));
  const answer = await replace();
  expect([answer.status, answer.type]).toEqual([502, 'Gateway.ServerUnreachable']);
  expect(taken).toBeLessThan(enough);
});

it('a topology that never ends is cut off', async () => {
  endlessAt('/cluster/topology', (res) => res.writeHead(307, { Location: leader.url }).end());
  const answer = await replace();
  expect([answer.status, answer.type]).toEqual([502, 'Gateway.ServerUnreachable']);
  expect(taken).toBeLessThan(enough);
  expect(leader.connections).toEqual([]);
});

it('a redirect whose body never ends is cut off', async () => {
  handler = (req, res) => {
    if (req.url === '/cluster/topology') res.end(JSON.stringify({ Topology: { Members: { B: leader.url } } }));
    else {
      res.writeHead(307, { Location: leader.url });
      void sendEndless(res);
    }
  };
  expect((await replace()).status).toBe(200);
  expect(taken).toBeLessThan(enough);
});

it.each(['/admin/certificates/replacement/status', '/admin/certificates?'])(
  'a replacement that was accepted stays so when %s never ends',
  async (path) => {
    endlessAt(path, (res) => res.end('{}'));
    expect((await replace()).status).toBe(200);
    expect(taken).toBeLessThan(enough);
  },
);
