import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { RavenError } from '../api/errors.ts';
import { uploadCertificate } from '../api/certificates.ts';
import { getSetupMode } from '../api/server-certificate.ts';
import { clientPem, serverPem, startServer, type TestServer } from '../gateway/gateway-harness.ts';
import { createUpstream } from '../gateway/upstream.ts';
import { ravenFetch } from './raven-fetch.ts';

/** What one node can't show: a cluster whose leader is another one. */
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function serve(handler: RequestListener): Promise<TestServer> {
  const server = await startServer(handler);
  open.push(server.close);
  return server;
}

function apiOf(server: TestServer) {
  const upstream = createUpstream({ cert: clientPem, key: clientPem }, { ca: serverPem });
  open.push(upstream.close);
  return { baseUrl: server.url, fetch: ravenFetch(upstream) };
}

const upload = { name: 'n', clearance: 'ValidUser', permissions: [], certificate: 'AAAA' } as const;

/** A follower that sends writes to `leader` and says that `members` are the cluster. */
const follower =
  (leader: string, members: readonly string[]): RequestListener =>
  (req, res) => {
    if (req.url === '/cluster/topology')
      res.end(JSON.stringify({ Topology: { Members: Object.fromEntries(members.map((url, i) => [String(i), url])) } }));
    else res.writeHead(307, { location: leader + (req.url ?? '') }).end();
  };

test('a write goes on to the leader, whole', async () => {
  const bodies: string[] = [];
  const leader = await serve((req, res) => {
    void text(req).then((body) => {
      bodies.push(`${req.method ?? ''} ${req.url ?? ''} ${body}`);
      res.writeHead(201).end();
    });
  });
  const node = await serve(follower(leader.url, [leader.url]));
  await uploadCertificate(apiOf(node), upload);
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toMatch(/^PUT \/admin\/certificates \{"Name":"n".*"Certificate":"AAAA"\}$/);
});

test('a place outside the cluster isn’t shown our certificate', async () => {
  const stranger = await serve((_req, res) => res.writeHead(201).end());
  const node = await serve(follower(stranger.url, []));
  await expect(uploadCertificate(apiOf(node), upload)).rejects.toMatchObject({ status: 307 });
  expect(stranger.connections).toEqual([]);
});

test('packed answers are unpacked, and a broken one is an error', async () => {
  const packed = gzipSync('{"SetupMode":"None"}');
  let cut = packed.length;
  const node = await serve((req, res) => {
    expect(req.headers['accept-encoding']).toBe('gzip');
    res.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(packed.subarray(0, cut));
  });
  const api = apiOf(node);
  expect(await getSetupMode(api)).toBe('None');
  cut = 10;
  await expect(getSetupMode(api)).rejects.toThrow();
});

test('a server that cuts the connection is no answer', async () => {
  const node = await serve((req) => req.socket.destroy());
  const error: unknown = await getSetupMode(apiOf(node)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RavenError);
  expect(error).toMatchObject({ status: 0, type: 'NoAnswer' });
});
