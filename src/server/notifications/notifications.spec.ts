import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Identity, type SpecNode, startSpecNode } from '../spec-node.ts';

const notifications = '/server/notification-center/watch';
const dashboard = '/cluster-dashboard/watch?node=A';

let spec: SpecNode;
let operator: Identity;
let user: Identity;
const open: WebSocket[] = [];

beforeAll(async () => {
  spec = await startSpecNode();
  operator = await spec.register('bob', 'Operator');
  user = await spec.register('alice', 'ValidUser');
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.terminate();
});
afterAll(() => spec.close());

interface Watch {
  readonly socket: WebSocket;
  /** Everything that came, heartbeats left out, each as JSON. */
  readonly heard: Record<string, unknown>[];
}

function watch(path: string, as: Identity | null = operator, headers: Record<string, string> = {}): Watch {
  const heard: Record<string, unknown>[] = [];
  const identity = as === null ? {} : { cert: as.pem, key: as.pem };
  const ca = readFileSync(spec.node.identity.ca, 'utf8');
  const socket = new WebSocket(spec.node.url.replace('https', 'wss') + path, { ca, ...identity, headers });
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    if (text.trim() !== '') heard.push(JSON.parse(text) as Record<string, unknown>);
  });
  open.push(socket);
  return { socket, heard };
}

const refusal = async ({ socket }: Watch): Promise<number | undefined> => {
  const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode?: number }];
  return answer.statusCode;
};

const nextId = async (): Promise<number> =>
  (await spec.ask('GET', '/admin/operations/next-operation-id', { as: operator })).json<{ Id: number }>().Id;
const generate = (operationId: number, body: object) =>
  spec.ask('POST', `/admin/certificates?operationId=${String(operationId)}`, { as: operator, body });

describe('the notification center', () => {
  it('tells how the cluster is, and when a certificate was generated', async () => {
    const { heard, socket } = watch(notifications);
    await once(socket, 'open');
    await expect.poll(() => heard.map(({ Type }) => Type)).toEqual(['ClusterTopologyChanged']);
    expect(heard[0]).toMatchObject({ Leader: 'A', NodeTag: 'A', Topology: { Members: { A: spec.node.url } } });
    const id = await nextId();
    expect((await generate(id, { Name: 'made', SecurityClearance: 'ValidUser', Permissions: {} })).status).toBe(200);
    await expect.poll(() => heard.length).toBe(2);
    expect(heard[1]).toMatchObject({
      Id: `OperationChanged/${String(id)}`,
      OperationId: id,
      Title: 'Certificate generation',
      Message: 'Generate certificate: made',
      Severity: 'Success',
      State: { Status: 'Completed', Result: { Message: 'Client certificate was generated.' } },
    });
  });

  it('tells that an operation failed, and why', async () => {
    const { heard, socket } = watch(notifications);
    await once(socket, 'open');
    const id = await nextId();
    expect((await generate(id, { Name: '', SecurityClearance: 'ValidUser' })).status).toBe(500);
    await expect.poll(() => heard.at(-1)).toMatchObject({ OperationId: id, State: { Status: 'Faulted' } });
    expect(heard.at(-1)).toMatchObject({ State: { Result: { Message: expect.stringMatching(/name/i) } } });
  });

  it('tells a user nothing of what operators do', async () => {
    const of = { user: watch(notifications, user), operator: watch(notifications) };
    await Promise.all([once(of.user.socket, 'open'), once(of.operator.socket, 'open')]);
    const id = await nextId();
    await generate(id, { Name: 'secret-project', SecurityClearance: 'ValidUser', Permissions: {} });
    await expect.poll(() => of.operator.heard.at(-1)?.OperationId).toBe(id);
    expect(of.user.heard.map(({ Type }) => Type)).toEqual(['ClusterTopologyChanged']);
  });

  it('keeps the connection alive as RavenDB does', async () => {
    const { socket } = watch(dashboard);
    const beats: string[] = [];
    socket.on('message', (data: Buffer) => beats.push(data.toString()));
    await expect.poll(() => beats, { timeout: 15_000 }).toContain('\r\n');
  });

  it('isn’t for everybody', async () => {
    expect(await refusal(watch(notifications, null))).toBe(403);
    expect(await refusal(watch(notifications, operator, { Origin: 'https://elsewhere.example' }))).toBe(403);
    expect(await refusal(watch('/server/notification-center/other'))).toBe(400);
    const own = watch(notifications, operator, { Origin: spec.node.url });
    await once(own.socket, 'open');
  });

  it('ends with the node', async () => {
    const other = await startSpecNode();
    const ca = readFileSync(other.node.identity.ca, 'utf8');
    const { pem } = other.admin;
    const socket = new WebSocket(other.node.url.replace('https', 'wss') + dashboard, { ca, cert: pem, key: pem });
    socket.on('error', () => undefined);
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await other.close();
    await closed;
  });
});

it('names of operations are for operators', async () => {
  expect((await spec.ask('GET', '/admin/operations/next-operation-id', { as: user })).status).toBe(403);
});
