import { connect as connectHttp2 } from 'node:http2';
import { readFileSync } from 'node:fs';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Authenticator } from '../auth/authenticator.ts';
import { certificate, keptConnection, startSpecNode, type Identity, type SpecNode } from '../spec-node.ts';

let spec: SpecNode;
beforeAll(async () => {
  spec = await startSpecNode();
});
afterAll(() => spec.close());

function options(as: Identity | null, more: ConnectionOptions = {}): ConnectionOptions {
  const { port } = new URL(spec.node.url);
  const identity = as === null ? {} : { cert: as.pem, key: as.pem };
  const ca = readFileSync(spec.node.identity.ca);
  return { host: 'localhost', servername: 'localhost', port: Number(port), ca, ...identity, ...more };
}
async function open(as: Identity | null, more: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect(options(as, more));
  await once(socket, 'secureConnect');
  return socket;
}
/** Status and body of one HTTP/1.1 request on a socket. */
async function get(socket: TLSSocket, path: string): Promise<string> {
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const piece of socket as AsyncIterable<Buffer>) text += piece.toString('utf8');
  return text;
}

describe('TLS', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('speaks %s, HTTP/1.1 and HTTP/2', async (version) => {
    const limits = { minVersion: version, maxVersion: version } as const;
    const socket = await open(spec.admin, { ...limits, ALPNProtocols: ['h2', 'http/1.1'] });
    expect(socket.alpnProtocol).toBe('h2');
    socket.destroy();
    const old = await open(spec.admin, { ...limits, ALPNProtocols: ['http/1.1'] });
    expect(await get(old, '/certificates/whoami')).toMatch(/^HTTP\/1\.1 200 [^]*first-admin/);
  });

  it('closes the connection of a certificate that fails to be judged, and serves the next', async () => {
    const open = vi.spyOn(Authenticator.prototype, 'open').mockImplementationOnce(() => {
      throw new Error('no such issuer');
    });
    await expect(spec.ask('GET', '/certificates/whoami')).rejects.toThrow();
    expect((await spec.ask('GET', '/certificates/whoami')).status).toBe(200);
    open.mockRestore();
  });

  it('refuses TLS 1.1', async () => {
    const socket = connect(options(null, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL@SECLEVEL=0' }));
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toMatch(/protocol version|unsupported protocol|no protocols/i);
  });

  it('knows the certificate of an HTTP/2 connection', async () => {
    const session = connectHttp2(spec.node.url, options(spec.admin) as Parameters<typeof connectHttp2>[1] & object);
    const answers = ['/certificates/whoami', '/admin/certificates/mode'].map(async (path) => {
      const stream = session.request({ ':path': path });
      const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
      stream.resume();
      return headers[':status'];
    });
    expect(await Promise.all(answers)).toEqual([200, 200]);
    session.close();
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'never resumes a session (%s): who offers one shows its certificate again',
    async (version) => {
      const alice = await spec.register('alice', 'Operator');
      const limits = { minVersion: version, maxVersion: version } as const;
      const first = await open(alice, limits);
      const sessions: Buffer[] = [];
      first.on('session', (session: Buffer) => sessions.push(session));
      expect(await get(first, '/certificates/whoami')).toContain('"Name":"alice"');
      const session = sessions[0] ?? first.getSession();
      // The session of alice, offered with another certificate and with none.
      for (const [as, expected] of [
        [spec.admin, 'first-admin'],
        [null, '204 No Content'],
      ] as const) {
        const second = await open(as, { ...limits, ...(session === undefined ? {} : { session }) });
        expect(second.isSessionReused()).toBe(false);
        const text = await get(second, '/certificates/whoami');
        expect(text).toContain(expected);
        expect(text).not.toContain('"Name":"alice"');
      }
    },
  );
});

describe('many at once', () => {
  it('serves while others dally', async () => {
    const { port } = new URL(spec.node.url);
    const { connect: connectTcp } = await import('node:net');
    // Half-open handshakes and a reader that doesn't read.
    const idle = Array.from({ length: 50 }, () => connectTcp(Number(port), '127.0.0.1').on('error', () => undefined));
    const deaf = await open(spec.admin);
    deaf.pause();
    deaf.write('GET /admin/certificates HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(200));
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => spec.ask('GET', '/admin/certificates/mode', { as: spec.admin })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    for (const socket of [...idle, deaf]) socket.destroy();
  });

  it('refuses a body beyond the limit with 413, and the next request goes through', async () => {
    const { limits } = await import('../limits.ts');
    const body = Buffer.alloc(limits.bodyBytes + 1, 32).toString('latin1');
    const answer = await spec.ask('PUT', '/admin/certificates', { body }).catch((error: unknown) => error);
    // The connection may be closed while the client is still sending.
    if (!(answer instanceof Error)) expect(answer).toMatchObject({ status: 413 });
    expect((await spec.ask('GET', '/admin/certificates/mode')).status).toBe(200);
  });
});

describe('open connections', () => {
  it('keep what they were given, except those that were unknown when they opened', async () => {
    const bob = certificate('bob');
    const unknown = keptConnection(spec.node, bob);
    const mode = async (agent = unknown) =>
      (await spec.ask('GET', '/admin/certificates/mode', { as: bob, agent })).status;
    expect(await mode()).toBe(403);
    await spec.register('bob', 'ClusterAdmin');
    expect(await mode()).toBe(200);
    const known = keptConnection(spec.node, bob);
    expect(await mode(known)).toBe(200);
    await spec.register('bob', 'Operator');
    expect([await mode(), await mode(known)]).toEqual([403, 200]);
    unknown.destroy();
    known.destroy();
  });
});
