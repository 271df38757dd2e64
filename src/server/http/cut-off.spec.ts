import { once } from 'node:events';
import { connect as connectHttp2, constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import { readFileSync } from 'node:fs';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSpecNode, type SpecNode } from '../spec-node.ts';

/** A client that goes away in the middle of its request is nobody's fault: nothing is said of it. */
let spec: SpecNode;
beforeAll(async () => {
  spec = await startSpecNode();
});
afterAll(() => spec.close());

const tls = () => ({
  ca: readFileSync(spec.node.identity.ca),
  cert: spec.admin.pem,
  key: spec.admin.pem,
  servername: 'localhost',
});

it.each<[string, number, (socket: TLSSocket, session: ClientHttp2Session, streams: ClientHttp2Stream[]) => void]>([
  ['a stream', 10, (_socket, _session, streams) => streams.forEach((each) => each.close(constants.NGHTTP2_CANCEL))],
  [
    'a long one',
    30_000,
    (_socket, _session, streams) => streams.forEach((each) => each.close(constants.NGHTTP2_CANCEL)),
  ],
  ['a connection', 10, (_socket, session) => session.destroy()],
  ['a socket', 30_000, (socket) => socket.destroy()],
])('over HTTP/2: %s', async (_what, bytes, cut) => {
  const socket = connect({
    ...tls(),
    ALPNProtocols: ['h2'],
    host: 'localhost',
    port: Number(new URL(spec.node.url).port),
  });
  await once(socket, 'secureConnect');
  socket.on('error', () => undefined);
  const session = connectHttp2(spec.node.url, { createConnection: () => socket });
  session.on('error', () => undefined);
  const streams = Array.from({ length: 5 }, () => {
    const stream = session.request({ ':method': 'PUT', ':path': '/admin/certificates' }, { endStream: false });
    stream.on('error', () => undefined);
    stream.write(`{"Name":${' '.repeat(bytes)}`);
    return stream;
  });
  await new Promise<void>((resolve) => session.ping(() => resolve()));
  cut(socket, session, streams);
  // Each over a connection of its own: by then the node knows.
  for (let i = 0; i < 4; i++) expect((await spec.ask('GET', '/certificates/whoami')).status).toBe(200);
  session.destroy();
  expect(spec.log).toEqual([]);
});

it('over HTTP/1.1', async () => {
  const socket = connect({ ...tls(), host: 'localhost', port: Number(new URL(spec.node.url).port) });
  await once(socket, 'secureConnect');
  socket.write('PUT /admin/certificates HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"Name":');
  expect((await spec.ask('GET', '/certificates/whoami')).status).toBe(200);
  socket.destroy();
  await once(socket, 'close');
  expect((await spec.ask('GET', '/certificates/whoami')).status).toBe(200);
  expect(spec.log).toEqual([]);
});
