import { once } from 'node:events';
import { connect as connectHttp2, constants } from 'node:http2';
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
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

it.each(['PUT', 'POST', 'DELETE'])('over HTTP/2: %s', async (method) => {
  const session = connectHttp2(spec.node.url, tls());
  for (let i = 0; i < 20; i++) {
    const stream = session.request({ ':method': method, ':path': '/admin/certificates' }, { endStream: false });
    stream.on('error', () => undefined);
    stream.write('{"Name":');
    await new Promise<void>((resolve) => session.ping(() => resolve()));
    if (i % 2 === 0) stream.close(constants.NGHTTP2_CANCEL);
    else stream.destroy();
  }
  // The connection itself, with a request on it.
  session
    .request({ ':method': method, ':path': '/admin/certificates' }, { endStream: false })
    .on('error', () => undefined);
  await new Promise<void>((resolve) => session.ping(() => resolve()));
  session.destroy();
  expect((await spec.ask('GET', '/certificates/whoami')).status).toBe(200);
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
