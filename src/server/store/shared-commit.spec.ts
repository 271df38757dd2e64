import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSpecNode, type Identity, type SpecNode } from '../spec-node.ts';

/** Writes that come at once share one commit: what is wrong with one must not be the others' fault. */
let spec: SpecNode;
let alice: Identity;
beforeAll(async () => {
  spec = await startSpecNode();
  await spec.ask('PUT', '/admin/databases', { body: { DatabaseName: 'Orders' } });
  alice = await spec.register('alice', 'ValidUser', { Permissions: { Orders: 'ReadWrite' } });
});
afterAll(() => spec.close());

const docs = '/databases/Orders/docs';
const long = 'x'.repeat(2_100);
const tooLong = (bytes: number) => `Document ID cannot exceed 512 bytes, but the ID was ${bytes} bytes.`;
const tls = () => ({
  ca: readFileSync(spec.node.identity.ca),
  cert: alice.pem,
  key: alice.pem,
  servername: 'localhost',
});

/** Sends requests in one piece, so that they are handled in one turn; their statuses and bodies. */
async function atOnce(requests: readonly (readonly [method: string, path: string])[]) {
  const session = connectHttp2(spec.node.url, tls());
  await once(session, 'connect');
  const answers = requests.map(async ([method, path]) => {
    const stream = session.request({ ':method': method, ':path': path });
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
    let text = '';
    for await (const piece of stream.setEncoding('utf8') as AsyncIterable<string>) text += piece;
    return { status: Number(headers[':status']), text };
  });
  const all = await Promise.all(answers);
  session.close();
  return all;
}

it.each([
  ['a deletion of a long id', 'DELETE', `${docs}?id=${long}`, tooLong(2_100)],
  ['a range for a long tag', 'GET', `/databases/Orders/hilo/next?tag=${long}`, tooLong(2_111)],
  ['an id with a NUL', 'DELETE', `${docs}?id=a%00${'b'.repeat(100)}`, 'control characters'],
])('%s fails alone', async (_name, method, path, why) => {
  const good = ['DELETE', `${docs}?id=none`] as const;
  const [first, bad, last] = await atOnce([good, [method, path], good]);
  expect([first?.status, last?.status]).toEqual([204, 204]);
  expect(bad?.status).toBe(500);
  expect(bad?.text).toContain(why);
});

it('also when they come one behind the other over HTTP/1.1', async () => {
  const socket = connect({ ...tls(), host: 'localhost', port: Number(new URL(spec.node.url).port) });
  await once(socket, 'secureConnect');
  const ask = (id: string, more = '') => `DELETE ${docs}?id=${id} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
  socket.write(ask('none') + ask(long) + ask('none', 'Connection: close\r\n'));
  let text = '';
  for await (const piece of socket as AsyncIterable<Buffer>) text += piece.toString('latin1');
  expect([...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status)).toEqual(['204', '500', '204']);
});

it('says of every way to name a document that the name is too long', async () => {
  const put = (Id: string, more: object = { Type: 'PUT', Document: {} }) => ({ Id, ...more });
  const bulk = (...Commands: object[]) => ({ body: { Commands } });
  for (const answer of [
    await spec.ask('PUT', `${docs}?id=${long}`, { body: {} }),
    await spec.ask('GET', `${docs}?id=${long}`),
    await spec.ask('GET', `${docs}?id=a&id=${long}`),
    await spec.ask('POST', docs, { body: { Ids: ['a', long] } }),
    await spec.ask('POST', '/databases/Orders/bulk_docs', bulk(put('good'), put(long))),
    await spec.ask('POST', '/databases/Orders/bulk_docs', bulk(put('good'), put(long, { Type: 'DELETE' }))),
    await spec.ask('PUT', `/databases/Orders/hilo/return?tag=${long}&end=1&last=1`),
  ]) {
    expect(answer.status).toBe(500);
    expect(answer.json()).toMatchObject({ Type: 'System.ArgumentException' });
    expect(answer.text).toContain('Document ID cannot exceed 512 bytes');
  }
  expect((await spec.ask('GET', `${docs}?id=good`)).status).toBe(404);
  // The longest id that there may be, and what the server adds to one that ends with a slash.
  expect((await spec.ask('PUT', `${docs}?id=${'y'.repeat(512)}`, { body: {} })).status).toBe(201);
  expect((await spec.ask('PUT', `${docs}?id=${'y'.repeat(511)}/`, { body: {} })).text).toContain(tooLong(533));
});

it('the history of a thumbprint that is none is empty', async () => {
  const answer = await spec.ask('GET', `/admin/certificates/history?thumbprint=${long}`);
  expect([answer.status, answer.json()]).toEqual([200, { Results: [] }]);
  expect(spec.log).toEqual([]);
});
