import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { list, startGateway, startServer, type TestGateway, type TestServer } from './gateway-harness.ts';

let server: TestServer;
let gateway: TestGateway;
const silent: Socket[] = [];
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
beforeAll(async () => {
  server = await startServer((_req, res) => res.end('{}'));
  gateway = await startGateway(server);
});
afterAll(async () => {
  agent.destroy();
  for (const socket of silent) socket.destroy();
  await gateway.close();
  await server.close();
});

/** A browser's request over the one connection that it keeps; the status, and whether the connection was kept. */
async function overOne(): Promise<{ status: number | undefined; kept: boolean }> {
  const headers = { ...gateway.session, 'Sec-Fetch-Site': 'same-origin' };
  const req = request({ host: '127.0.0.1', port: gateway.port, path: list, headers, agent });
  req.end();
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  res.resume();
  await once(res, 'end');
  return { status: res.statusCode, kept: req.reusedSocket };
}

it('who says nothing gives way, and who is signed in keeps the connection', async () => {
  expect((await overOne()).status).toBe(200);
  for (let i = 0; i < 300; i++) {
    const socket = connect(gateway.port, '127.0.0.1').on('error', () => undefined);
    silent.push(socket);
    await once(socket, 'connect');
  }
  expect(await overOne()).toEqual({ status: 200, kept: true });
  // Somebody new gets in too.
  expect((await gateway.browser(list)).status).toBe(200);
});
