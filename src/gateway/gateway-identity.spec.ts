import { X509Certificate } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
let leader: TestServer;
let gateway: TestGateway;
let handler: RequestListener;
let leaderHandler: RequestListener;
const own = new X509Certificate(clientPem).fingerprint.replaceAll(':', '');
const other = '0F61904E1926ED2EDD5BB4BA8BC34742960B7839';

beforeAll(async () => {
  server = await startServer((req, res) => handler(req, res));
  leader = await startServer((req, res) => leaderHandler(req, res));
});
beforeEach(async () => {
  handler = (_req, res) => res.end('{}');
  leaderHandler = (_req, res) => res.end('{}');
  gateway = await startGateway(server);
  await gateway.browser(list);
  server.connections.length = 0;
  leader.connections.length = 0;
  return () => gateway.close();
});
afterAll(async () => {
  await server.close();
  await leader.close();
});

describe('connections', () => {
  it('are kept for what can’t have changed our rights', async () => {
    await gateway.browser(list);
    await gateway.browser(list, { method: 'POST', body: '{}' });
    await gateway.browser(`${list}?thumbprint=${other}`, { method: 'DELETE' });
    await gateway.browser(`${list}/edit`, { method: 'POST', body: JSON.stringify({ Thumbprint: other }) });
    expect(server.connections).toEqual([]);
  });
  it.each([
    ['POST', '/raven/authentication/2fa', '{"Token":"123456"}'],
    ['DELETE', '/raven/authentication/2fa', undefined],
    ['PUT', list, '{}'],
    ['POST', `${list}/replace-cluster-cert`, '{}'],
    ['POST', `${list}/refresh`, undefined],
    ['POST', `${list}/letsencrypt/force-renew`, undefined],
    ['POST', `${list}/edit`, JSON.stringify({ Thumbprint: own.toLowerCase() })],
    ['DELETE', `${list}?thumbprint=${own.toLowerCase()}`, undefined],
  ])('are all made anew after %s %s', async (method, path, body) => {
    await gateway.browser(path, { method, ...(body === undefined ? {} : { body }) });
    // A replacement of the server's certificate has a connection of its own.
    server.connections.length = 0;
    await gateway.browser(list);
    await gateway.browser(list);
    expect(server.connections).toHaveLength(1);
  });
  it('never resume a session, which would bring back what was settled before', async () => {
    const resumed: boolean[] = [];
    handler = (req, res) => {
      resumed.push(req.socket instanceof TLSSocket && req.socket.isSessionReused());
      res.end('{}');
    };
    for (let i = 0; i < 3; i += 1) await gateway.browser('/raven/admin/certificates/purge', { method: 'DELETE' });
    await gateway.browser(list);
    expect(server.connections).toHaveLength(3);
    expect(resumed).toEqual([false, false, false, false]);
  });
  it('are kept when such a change failed', async () => {
    handler = (_req, res) => {
      res.statusCode = 500;
      res.end();
    };
    await gateway.browser(list, { method: 'PUT', body: '{}' });
    await gateway.browser(list);
    expect(server.connections).toHaveLength(0);
  });
  it.each([403, 428])('are made anew after a %i, which may be an old one', async (status) => {
    handler = (_req, res) => {
      res.statusCode = status;
      res.end('{"Type":"InvalidAuth","Message":"no"}');
    };
    await gateway.browser(list);
    await gateway.browser(list);
    expect(server.connections).toHaveLength(1);
  });
});

describe('a two-factor session', () => {
  const enter = async (setCookie: string): Promise<string | undefined> => {
    handler = (_req, res) => {
      res.writeHead(202, { 'Set-Cookie': setCookie });
      res.end();
    };
    const answer = await gateway.browser('/raven/authentication/2fa', { method: 'POST', body: '{"Token":"1"}' });
    expect(answer.headers['set-cookie']).toBeUndefined();
    let seen: string | undefined;
    handler = (req, res) => {
      seen = req.headers.cookie;
      res.end('{}');
    };
    await gateway.browser(list);
    return seen;
  };
  const attributes = 'path=/; secure; samesite=strict; httponly';

  it('is kept here and shown to RavenDB', async () => {
    expect(await enter(`2fa-cookie=8b1d; max-age=7200; ${attributes}`)).toBe('2fa-cookie=8b1d');
  });
  it('that is void from the start isn’t kept', async () => {
    expect(await enter(`2fa-cookie=8b1d; max-age=0; ${attributes}`)).toBeUndefined();
    expect(await enter('other=1; path=/')).toBeUndefined();
  });
  it('is forgotten when RavenDB refuses it', async () => {
    await enter(`2fa-cookie=8b1d; max-age=60; ${attributes}`);
    const seen: (string | undefined)[] = [];
    handler = (req, res) => {
      seen.push(req.headers.cookie);
      res.statusCode = 428;
      res.end();
    };
    await gateway.browser(list);
    await gateway.browser(list);
    expect(seen).toEqual(['2fa-cookie=8b1d', undefined]);
  });
});

describe('a redirect to the leader', () => {
  const pfx = JSON.stringify({ Certificate: 'x'.repeat(200_000) });
  const path = `${list}/replace-cluster-cert?replaceImmediately=true`;
  const redirectTo = (location: string, members: Record<string, string>, group = 'Members') => {
    handler = (req, res) => {
      if (req.url === '/cluster/topology') {
        res.end(JSON.stringify({ Topology: { Members: {}, [group]: members } }));
        return;
      }
      req.resume().on('end', () => {
        res.writeHead(307, { Location: location });
        res.end();
      });
    };
  };
  const post = () => gateway.browser(path, { method: 'POST', body: pfx });

  it('is followed to a node of the cluster, with method, path and body', async () => {
    let got = {};
    leaderHandler = (req, res) => {
      void buffer(req).then((body) => {
        got = { method: req.method, url: req.url, host: req.headers.host, body: body.toString() };
        res.statusCode = 201;
        res.end();
      });
    };
    redirectTo(`${leader.url}/somewhere/else`, { A: server.url, B: leader.url });
    expect((await post()).status).toBe(201);
    expect(got).toEqual({
      method: 'POST',
      url: '/admin/certificates/replace-cluster-cert?replaceImmediately=true',
      host: `localhost:${String(leader.port)}`,
      body: pfx,
    });
  });
  it.each([
    ['a stranger', () => leader.url, {}],
    ['no https', () => leader.url.replace('https', 'http'), { B: 'http' }],
    ['nowhere', () => '/admin', { B: 'x' }],
  ])('is not followed to %s', async (_name, location, members) => {
    redirectTo(location(), members);
    const answer = await post();
    expect([answer.status, answer.type]).toEqual([502, 'Gateway.ServerUnreachable']);
    expect(answer.headers.location).toBeUndefined();
    expect(leader.connections).toEqual([]);
  });
  it('is not followed for ever', async () => {
    let hops = 0;
    leaderHandler = (req, res) => {
      hops += 1;
      req.resume().on('end', () => {
        res.writeHead(307, { Location: leader.url });
        res.end();
      });
    };
    redirectTo(leader.url, { B: leader.url });
    expect((await post()).status).toBe(502);
    expect(hops).toBe(3);
  });
  it('is not followed where the body was streamed', async () => {
    redirectTo(leader.url, { B: leader.url });
    expect((await gateway.browser(list, { method: 'PUT', body: pfx })).status).toBe(502);
    expect(leader.connections).toEqual([]);
  });
});

describe('a new certificate of the server', () => {
  const next = pemOf('serveronly');
  const { raw, fingerprint } = new X509Certificate(next);
  const thumbprint = fingerprint.replaceAll(':', '');
  const entry = { Thumbprint: thumbprint, Certificate: raw.toString('base64') };
  /** Each `say` answers a path's beginning. */
  const replace = async (say: Readonly<Record<string, unknown>>) => {
    handler = (req, res) => {
      const answer = Object.entries(say).find(([path]) => req.url?.startsWith(path) === true)?.[1];
      if (answer === undefined && req.method === 'GET') res.statusCode = 404;
      if (req.method === 'POST') server.showOther(next);
      req.resume().on('end', () => res.end(answer === undefined ? '' : JSON.stringify(answer)));
    };
    await gateway.browser(`${list}/replace-cluster-cert`, { method: 'POST', body: '{}' });
    const answer = await gateway.browser(list);
    server.showOther(serverPem);
    return answer;
  };

  it('that the trusted one has announced is trusted', async () => {
    const answer = await replace({
      '/admin/certificates/replacement/status': { Thumbprint: thumbprint },
      [`/admin/certificates?thumbprint=${thumbprint}`]: { Results: [entry] },
    });
    expect(answer.type).not.toBe('Gateway.ServerNotTrusted');
  });
  it('that is shown already is trusted when the old connection says so', async () => {
    const answer = await replace({
      '/admin/certificates?': { LoadedServerCert: thumbprint, Results: [{ Thumbprint: 'x' }, entry] },
    });
    expect(answer.type).not.toBe('Gateway.ServerNotTrusted');
  });
  it.each([
    ['nothing', {}],
    [
      'another one',
      { '/admin/certificates?': { LoadedServerCert: other, Results: [{ ...entry, Thumbprint: other }] } },
    ],
    [
      'no certificate',
      { '/admin/certificates/replacement/status': { Thumbprint: thumbprint }, '/admin/certificates?': {} },
    ],
  ])('is not, when %s was announced', async (_name, say) => {
    expect((await replace(say)).type).toBe('Gateway.ServerNotTrusted');
  });
});
