import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSpecNode, type SpecNode } from '../spec-node.ts';

let spec: SpecNode;
beforeAll(async () => {
  spec = await startSpecNode();
  await create('orders');
});
afterAll(() => spec.close());

const create = (name: string, more: object = {}) =>
  spec.ask('PUT', `/admin/databases?name=${name}`, { body: { DatabaseName: name, ...more } });
const toggle = (action: 'disable' | 'enable', ...DatabaseNames: string[]) =>
  spec.ask('POST', `/admin/databases/${action}`, { body: { DatabaseNames } });
const typeOf = (answer: { text: string }) => (JSON.parse(answer.text) as { Type: string }).Type;
const routes = [
  ['GET', 'docs?id=a'],
  ['PUT', 'docs?id=a'],
  ['DELETE', 'docs?id=a'],
  ['POST', 'bulk_docs'],
  ['GET', 'stats'],
  ['POST', 'identity/next?name=a'],
  ['POST', 'queries'],
] as const;
const body = { Commands: [] };

describe('a database that is missing', () => {
  it('is named in the answer by which clients find databases', async () => {
    const answer = await spec.ask('GET', '/topology?name=Gone');
    expect([answer.status, answer.headers['database-missing']]).toEqual([503, 'Gone']);
    const odd = await spec.ask('GET', '/topology?name=%C3%BCb%20er');
    expect(odd.headers['database-missing']).toBe('%C3%BCb%20er');
    expect((await spec.ask('GET', '/admin/databases?name=Gone')).headers['database-missing']).toBe('Gone');
  });

  it.each(routes)('refuses %s %s', async (method, path) => {
    const answer = await spec.ask(method, `/databases/Gone/${path}`, method === 'GET' ? {} : { body });
    expect(typeOf(answer)).toBe('Raven.Client.Exceptions.Database.DatabaseDoesNotExistException');
  });
});

describe('a database that is disabled', () => {
  it.each(routes)('refuses %s %s until it is enabled again', async (method, path) => {
    const ask = () => spec.ask(method, `/databases/orders/${path}`, method === 'GET' ? {} : { body });
    expect((await toggle('disable', 'ORDERS')).json()).toMatchObject({ Status: [{ Success: true, Disabled: true }] });
    const answer = await ask();
    expect(answer.status).toBe(503);
    expect(typeOf(answer)).toBe('Raven.Client.Exceptions.Database.DatabaseDisabledException');
    expect((await toggle('enable', 'orders')).json()).toMatchObject({ Status: [{ Success: true, Disabled: false }] });
    expect((await ask()).status).not.toBe(503);
  });

  it('keeps its documents, and stays so when the node starts again', async () => {
    await spec.ask('PUT', '/databases/orders/docs?id=kept', { body: { a: 1 } });
    await toggle('disable', 'orders');
    await spec.node.close();
    const again = await startSpecNode({ dataDir: spec.folder });
    const folder = spec;
    const closeBoth = async (): Promise<void> => {
      await again.close();
      await folder.close();
    };
    spec = { ...again, close: closeBoth };
    expect((await spec.ask('GET', '/databases/orders/docs?id=kept')).status).toBe(503);
    await toggle('enable', 'orders');
    expect((await spec.ask('GET', '/databases/orders/docs?id=kept')).status).toBe(200);
  });

  it('can be made so, and one that is missing is said to be', async () => {
    await create('asleep', { Disabled: true });
    expect((await spec.ask('GET', '/databases/asleep/docs')).status).toBe(503);
    const both = (await toggle('disable', 'asleep', 'Gone')).json<{ Status: { Success: boolean; Reason: string }[] }>();
    expect(both.Status.map(({ Success }) => Success)).toEqual([true, false]);
    expect(both.Status[1]?.Reason).toBe('database not found');
  });

  it('is a matter for operators', async () => {
    const alice = await spec.register('alice', 'ValidUser', { Permissions: { orders: 'Admin' } });
    for (const action of ['disable', 'enable'])
      expect((await spec.ask('POST', `/admin/databases/${action}`, { as: alice, body })).status).toBe(403);
  });
});

it('a database that is deleted takes along what is saved in that moment', async () => {
  for (let round = 0; round < 5; round++) {
    await create('brief');
    const saving = [1, 2, 3].map((n) => spec.ask('PUT', `/databases/brief/docs?id=${n}`, { body: {} }));
    const deleting = spec.ask('DELETE', '/admin/databases', { body: { DatabaseNames: ['brief'], HardDelete: true } });
    await Promise.all([...saving, deleting]);
    await create('brief');
    expect((await spec.ask('GET', '/databases/brief/docs')).json()).toEqual({ Results: [] });
    await spec.ask('DELETE', '/admin/databases', { body: { DatabaseNames: ['brief'], HardDelete: true } });
  }
});

describe('a record', () => {
  const recordOf = async (name: string) =>
    (await spec.ask('GET', `/admin/databases?name=${name}`)).json<{ Etag: number; Disabled: boolean }>();

  it('has an etag that grows with each change', async () => {
    const created = (await create('records')).json<{ RaftCommandIndex: number }>().RaftCommandIndex;
    expect(await recordOf('records')).toMatchObject({ Etag: created, Disabled: false });
    await toggle('disable', 'records');
    const changed = await recordOf('records');
    expect(changed.Disabled).toBe(true);
    expect(changed.Etag).toBeGreaterThan(created);
  });

  it('is not changed: by one who saw an old one for that reason, by others in a sentence', async () => {
    const { Etag } = await recordOf('records');
    const change = (etag: number) =>
      spec.ask('PUT', '/admin/databases?name=records', {
        body: { DatabaseName: 'records', Settings: { a: 'b' } },
        headers: { etag: `"${etag}"` },
      });
    const stale = await change(Etag - 1);
    expect([stale.status, typeOf(stale)]).toEqual([409, 'Raven.Server.Rachis.RachisConcurrencyException']);
    const refused = await change(Etag);
    expect(typeOf(refused)).toBe('System.NotSupportedException');
    expect(refused.json<{ Message: string }>().Message).toMatch(/^This server keeps databases as they were created/);
  });
});
