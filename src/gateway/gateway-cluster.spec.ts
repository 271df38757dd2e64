import type { RequestListener, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { list, pemOf, startGateway, startServer, type TestGateway, type TestServer } from './gateway-harness.ts';

/** Two servers that say they are one cluster. */
interface TestNode extends TestServer {
  /** `METHOD path` of what it was asked, looks at whether it lives left out. */
  readonly asked: string[];
  answer: RequestListener;
}

const isLook = (url: string | undefined): boolean => url === '/build/version';

async function startNode(topologyOf: (tag: string) => object, tag: string): Promise<TestNode> {
  const asked: string[] = [];
  const node = { answer: ((_req, res) => res.end('{}')) as RequestListener };
  const server = await startServer((req, res) => {
    if (!isLook(req.url)) asked.push(`${req.method ?? ''} ${req.url ?? ''}`);
    if (req.url === '/cluster/topology') res.end(JSON.stringify(topologyOf(tag)));
    else node.answer(req, res);
  });
  return Object.assign(node, server, { asked });
}

let a: TestNode;
let b: TestNode;
let gateway: TestGateway;
const topology = (tag: string) => ({ NodeTag: tag, Topology: { Members: { A: a.url, B: b.url } } });

beforeEach(async () => {
  a = await startNode(topology, 'A');
  b = await startNode(topology, 'B');
});
afterEach(async () => {
  await gateway.close();
  // One that the test ended already is closed.
  await Promise.allSettled([a.close(), b.close()]);
});

const says =
  (text: string): RequestListener =>
  (_req, res) =>
    res.end(text);
const info = async () =>
  JSON.parse((await gateway.browser('/gateway/info')).text) as { serverUrl: string; nodes: object[] };

describe('a node that doesn’t answer', () => {
  beforeEach(() => {
    a.answer = says('a');
    b.answer = says('b');
  });

  it('is left for another that was named', async () => {
    gateway = await startGateway({ url: a.url, others: [b.url] });
    expect((await gateway.browser(list)).text).toBe('a');
    await a.close();
    expect((await gateway.browser(list)).text).toBe('b');
    expect(await info()).toEqual({
      serverUrl: b.url,
      nodes: [
        { url: b.url, away: false },
        { url: a.url, away: true },
      ],
    });
  });

  it('is left for a member that it told of', async () => {
    gateway = await startGateway(a);
    await gateway.browser('/raven/cluster/topology');
    await a.close();
    expect((await gateway.browser(list)).text).toBe('b');
  });

  it('is left for writes too when it was never reached', async () => {
    gateway = await startGateway({ url: a.url, others: [b.url] });
    await a.close();
    const answer = await gateway.browser(list, { method: 'POST', body: '{"Name":"x"}' });
    expect(answer.text).toBe('b');
    expect(b.asked).toEqual(['POST /admin/certificates']);
  });

  it('is left when it hangs: reads are asked of another, a write waits', async () => {
    gateway = await startGateway({ url: a.url, others: [b.url] });
    const held: ServerResponse[] = [];
    a.answer = (_req, res) => held.push(res);
    const write = gateway.browser(list, { method: 'POST', body: '{}' });
    await expect.poll(() => a.asked.length).toBe(1);
    expect((await gateway.browser(list)).text).toBe('b');
    await expect.poll(async () => (await info()).serverUrl).toBe(b.url);
    expect(b.asked.filter((line) => line.startsWith('POST'))).toEqual([]);
    for (const res of held) res.end('late');
    expect((await write).text).toBe('late');
  });

  it('keeps what takes long but lives', async () => {
    gateway = await startGateway({ url: a.url, others: [b.url] });
    let looks = 0;
    let slow: ServerResponse | undefined;
    a.answer = (req, res) => {
      if (!isLook(req.url)) slow = res;
      else {
        looks += 1;
        res.end('{}');
        if (looks === 2) slow?.end('a, at last');
      }
    };
    expect((await gateway.browser(list)).text).toBe('a, at last');
    expect(b.asked).toEqual([]);
  });

  it('is said when there is no other', async () => {
    gateway = await startGateway({ url: a.url, others: [b.url] });
    await Promise.all([a.close(), b.close()]);
    const answer = await gateway.browser(list);
    expect([answer.status, answer.type]).toEqual([502, 'Gateway.ServerUnreachable']);
    expect(answer.text).toContain(a.url);
  });
});

describe('what RavenDB does on one node only', () => {
  const reset = '/raven/admin/certificates/replacement/reset';

  it('is cancelled on every node', async () => {
    gateway = await startGateway(a);
    a.answer = b.answer = (_req, res) => res.writeHead(204).end();
    expect((await gateway.browser(reset, { method: 'POST' })).status).toBe(204);
    expect(b.asked).toEqual(['POST /admin/certificates/replacement/reset']);
  });

  it('names the nodes where it is still pending', async () => {
    gateway = await startGateway(a);
    a.answer = (_req, res) => res.writeHead(204).end();
    await b.close();
    const answer = await gateway.browser(reset, { method: 'POST' });
    expect([answer.status, answer.type]).toEqual([502, 'Gateway.NodesLeft']);
    expect(answer.text).toContain(`Done on A; not on B (${b.url}: ECONNREFUSED)`);
  });

  it('is a session of the second factor on each, whose cookie goes back to its own node', async () => {
    gateway = await startGateway(a);
    const cookies: Record<string, string[]> = { A: [], B: [] };
    const login =
      (tag: string): RequestListener =>
      (req, res) => {
        cookies[tag]?.push(req.headers.cookie ?? '');
        if (req.url === '/authentication/2fa')
          res.writeHead(202, { 'Set-Cookie': `2fa-cookie=of-${tag}; path=/` }).end();
        else if (tag === 'A') res.writeHead(307, { Location: b.url }).end();
        else res.end('done');
      };
    a.answer = login('A');
    b.answer = login('B');
    expect((await gateway.browser('/raven/authentication/2fa', { method: 'POST', body: '{"Token":"1"}' })).status).toBe(
      202,
    );
    const replace = '/raven/admin/certificates/replace-cluster-cert';
    expect((await gateway.browser(replace, { method: 'POST', body: '{}' })).text).toBe('done');
    expect(cookies.A?.at(-1)).toBe('2fa-cookie=of-A');
    expect(cookies.B?.at(-1)).toBe('2fa-cookie=of-B');
  });

  it('lets a login through when another node is away', async () => {
    gateway = await startGateway(a);
    a.answer = (_req, res) => res.writeHead(202).end();
    await b.close();
    expect((await gateway.browser('/raven/authentication/2fa', { method: 'POST', body: '{}' })).status).toBe(202);
  });
});

describe('a leader', () => {
  const replace = '/raven/admin/certificates/replace-cluster-cert';
  beforeEach(async () => {
    a.answer = (_req, res) => res.writeHead(307, { Location: b.url }).end();
    gateway = await startGateway(a);
  });

  it('that wants a code of its own is named, since the page’s session is elsewhere', async () => {
    b.answer = (_req, res) => res.writeHead(428).end();
    const answer = await gateway.browser(replace, { method: 'POST', body: '{}' });
    expect([answer.status, answer.type]).toEqual([502, 'Gateway.LeaderNeedsSecondFactor']);
    expect(answer.text).toContain(b.url);
  });

  it('that is away is named by its own address, and the node that pointed there isn’t left', async () => {
    await b.close();
    const answer = await gateway.browser(replace, { method: 'POST', body: '{}' });
    expect([answer.status, answer.type]).toEqual([502, 'Gateway.ServerUnreachable']);
    expect(answer.text).toContain(b.url);
    expect((await info()).serverUrl).toBe(a.url);
  });

  it('that isn’t trusted is named by its own address', async () => {
    b.showOther(pemOf('rsa1'));
    const answer = await gateway.browser(replace, { method: 'POST', body: '{}' });
    expect([answer.status, answer.type]).toEqual([502, 'Gateway.ServerNotTrusted']);
    expect(answer.text).toContain(b.url);
  });
});

it('408 becomes 504 with RavenDB’s own words: browsers repeat a request after 408 by themselves', async () => {
  gateway = await startGateway(a);
  const body = JSON.stringify({ Type: 'System.TimeoutException', Message: 'there is no leader' });
  a.answer = (_req, res) => res.writeHead(408, { 'Content-Type': 'application/json' }).end(body);
  const answer = await gateway.browser(list, { method: 'POST', body: '{}' });
  expect([answer.status, answer.type, answer.text]).toEqual([504, 'System.TimeoutException', body]);
});
