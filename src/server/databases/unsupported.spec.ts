import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSpecNode, type SpecNode } from '../spec-node.ts';

let spec: SpecNode;
beforeAll(async () => {
  spec = await startSpecNode();
  await spec.ask('PUT', '/admin/databases?name=orders', { body: { DatabaseName: 'orders' } });
});
afterAll(() => spec.close());

it.each([
  ['POST', 'queries', 'queries'],
  ['GET', 'streams/docs?startsWith=a', 'streamed answers'],
  ['PATCH', 'docs?id=a', 'patches'],
  ['PATCH', 'queries', 'queries'],
  ['GET', 'attachments?id=a&name=b', 'attachments'],
  ['PUT', 'attachments?id=a&name=b', 'attachments'],
  ['POST', 'bulk_insert?id=1', 'bulk inserts'],
  ['POST', 'multi_get', 'several requests in one'],
  ['PUT', 'admin/indexes', 'indexes'],
  ['GET', 'indexes', 'indexes'],
  ['PUT', 'subscriptions', 'subscriptions'],
  ['POST', 'counters', 'counters'],
  ['GET', 'timeseries?docId=a', 'time series'],
  ['GET', 'revisions?id=a', 'revisions'],
  ['PUT', 'cmpxchg?key=a', 'compare-exchange values'],
  ['GET', 'collections/stats', 'collections'],
  ['GET', 'operations/next-operation-id', 'operations'],
])('%s %s: there are no %s', async (method, path, what) => {
  const answer = await spec.ask(method, `/databases/orders/${path}`, method === 'GET' ? {} : { body: {} });
  expect(answer.status).toBe(500);
  const { Type, Message } = answer.json<{ Type: string; Message: string }>();
  expect(Type).toBe('System.NotSupportedException');
  expect(Message).toMatch(new RegExp(`^This server has no ${what}.*: it keeps documents by their ids[.]`));
});

it.each([
  ['PATCH', 'patches'],
  ['AttachmentDELETE', 'attachments'],
  ['Counters', 'counters'],
  ['TimeSeries', 'time series'],
  ['CompareExchangePUT', 'compare-exchange values'],
  ['ForceRevisionCreation', 'revisions'],
])('a batch with %s: there are no %s, and nothing of it is done', async (Type, what) => {
  const Commands = [
    { Type: 'PUT', Id: 'batch/1', Document: {} },
    { Type, Id: 'batch/1' },
  ];
  const answer = await spec.ask('POST', '/databases/orders/bulk_docs', { body: { Commands } });
  expect(answer.json<{ Message: string }>().Message).toContain(`This server has no ${what}:`);
  expect((await spec.ask('GET', '/databases/orders/docs?id=batch/1')).status).toBe(404);
});

it('a batch with the bytes of an attachment says so, instead of reading them as JSON', async () => {
  const body = '--part\r\nContent-Type: application/json\r\n\r\n{"Commands":[]}\r\n--part\r\n\r\nbytes\r\n--part--';
  const headers = { 'content-type': 'multipart/mixed; boundary="part"' };
  const answer = await spec.ask('POST', '/databases/orders/bulk_docs', { body, headers });
  expect(answer.json()).toMatchObject({ Type: 'System.NotSupportedException' });
  expect(answer.text).toContain('This server has no attachments:');
});

it('a cluster-wide transaction, and a delete by a prefix, are refused instead of being done by half', async () => {
  const save = (body: object) => spec.ask('POST', '/databases/orders/bulk_docs', { body });
  await save({ Commands: [{ Type: 'PUT', Id: 'prefix/', Document: {} }] });
  for (const body of [
    { Commands: [], TransactionMode: 'ClusterWide' },
    { Commands: [{ Type: 'DELETE', Id: 'prefix/', IdPrefixed: true }] },
  ])
    expect((await save(body)).json()).toMatchObject({ Type: 'System.NotSupportedException' });
});

it('what RavenDB doesn’t have either is no route, and who may not read is told nothing', async () => {
  const unknown = await spec.ask('GET', '/databases/orders/nothing');
  expect(unknown.json()).toMatchObject({ Type: 'Raven.Client.Exceptions.Routing.RouteNotFoundException' });
  expect((await spec.ask('POST', '/databases/orders/queries', { as: null, body: {} })).status).toBe(403);
});
