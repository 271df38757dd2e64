import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSpecNode, type Ask, type SpecNode } from '../spec-node.ts';

let spec: SpecNode;
beforeAll(async () => {
  spec = await startSpecNode();
  await spec.ask('PUT', '/admin/databases?name=orders', { body: { DatabaseName: 'orders' } });
});
afterAll(() => spec.close());

const docs = '/databases/orders/docs';
const old = 'A:1-AAAAAAAAAAAAAAAAAAAAAA';
const put = (id: string, body: unknown = { Name: id }, more: Ask = {}) =>
  spec.ask('PUT', `${docs}?id=${encodeURIComponent(id)}`, { body, ...more });
const ifMatch = (value: string): Ask => ({ headers: { 'if-match': value } });
const batch = (...commands: unknown[]) =>
  spec.ask('POST', '/databases/orders/bulk_docs', { body: { Commands: commands } });
const putCommand = (Id: string, ChangeVector: string | null = null) => ({
  Type: 'PUT',
  Id,
  ChangeVector,
  Document: {},
});

async function putting(id: string): Promise<string> {
  return (await put(id)).json<{ ChangeVector: string }>().ChangeVector;
}
async function idsOf(query: string): Promise<string[]> {
  const answer = await spec.ask('GET', `${docs}?${query}`);
  return answer
    .json<{ Results: { '@metadata': { '@id': string } }[] }>()
    .Results.map((document) => document['@metadata']['@id']);
}

describe('a change vector', () => {
  it.each([
    ['an old one', old],
    ['none, where a document is', '""'],
    ['any', '*'],
  ])('that is %s is refused, and nothing is overwritten', async (_, value) => {
    const vector = await putting('vectors/1');
    const refused = await put('vectors/1', { Name: 'over' }, ifMatch(value));
    expect(refused.status).toBe(409);
    expect(refused.json()).toMatchObject({
      Type: 'Raven.Client.Exceptions.ConcurrencyException',
      Id: 'vectors/1',
      ExpectedChangeVector: value.replaceAll('"', ''),
      ActualChangeVector: vector,
    });
    expect((await spec.ask('DELETE', `${docs}?id=vectors/1`, ifMatch(value))).status).toBe(409);
    expect((await spec.ask('GET', `${docs}?id=vectors/1`)).text).toContain('"Name":"vectors/1"');
  });

  it.each([
    ['in quotes', (vector: string) => `"${vector}"`],
    ['without', (vector: string) => vector],
  ])('that is the document’s is taken, %s', async (_, written) => {
    const vector = await putting('vectors/2');
    expect((await put('vectors/2', {}, ifMatch(written(vector)))).status).toBe(201);
    expect((await put('vectors/2', {}, ifMatch(written(vector)))).status).toBe(409);
  });

  it('of a document that is not there is refused, and an empty one taken', async () => {
    expect((await put('vectors/none', {}, ifMatch(old))).status).toBe(409);
    expect((await put('vectors/new', {}, ifMatch('""'))).status).toBe(201);
  });

  it('counts in a batch, of which then nothing is done', async () => {
    await putting('vectors/3');
    for (const command of [
      putCommand('vectors/3', ''),
      putCommand('vectors/3', old),
      { Type: 'DELETE', Id: 'vectors/3', ChangeVector: old },
    ]) {
      const answer = await batch(putCommand('vectors/batch'), command);
      expect(answer.status).toBe(409);
      expect((await spec.ask('GET', `${docs}?id=vectors/batch`)).status).toBe(404);
    }
    expect((await batch(putCommand('vectors/3'))).status).toBe(201);
    expect((await batch(putCommand('vectors/twice', ''), putCommand('vectors/twice', ''))).status).toBe(409);
  });

  it('holds against writes that come in the same moment: one of them wins', async () => {
    const vector = await putting('vectors/race');
    const racing = [ifMatch(vector), ifMatch(vector), ifMatch(vector), ifMatch(vector)];
    const answers = await Promise.all(racing.map((more) => put('vectors/race', {}, more)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const fresh = await Promise.all(racing.map(() => put('vectors/race/new', {}, ifMatch('""'))));
    expect(fresh.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('that a reader knows saves the answer', async () => {
    const vector = await putting('vectors/known');
    for (const method of ['GET', 'HEAD'])
      for (const known of [vector, `"${vector}"`]) {
        const answer = await spec.ask(method, `${docs}?id=vectors/known`, { headers: { 'if-none-match': known } });
        expect([answer.status, answer.text]).toEqual([304, '']);
      }
  });
});

describe('ids', () => {
  it('are looked for by their beginning', async () => {
    for (const id of ['p/1', 'p/2', 'p/10', 'p/11/x', 'P/12', 'q/1']) await put(id);
    const all = ['p/1', 'p/10', 'p/11/x', 'P/12', 'p/2'];
    expect(await idsOf('startsWith=p/')).toEqual(all);
    expect(await idsOf('startsWith=P/')).toEqual(all);
    expect(await idsOf('startsWith=none')).toEqual([]);
    expect(await idsOf('startsWith=p/&start=1&pageSize=2')).toEqual(['p/10', 'p/11/x']);
    expect(await idsOf('startsWith=p/&pageSize=0')).toEqual([]);
    expect(await idsOf('startsWith=p/&matches=1*')).toEqual(['p/1', 'p/10', 'p/11/x', 'P/12']);
    expect(await idsOf('startsWith=p/&matches=1*&start=1&pageSize=1')).toEqual(['p/10']);
    expect(await idsOf('startsWith=p/&exclude=1*')).toEqual(['p/2']);
    expect(await idsOf('startsWith=p/&startAfter=p/10')).toEqual(['p/11/x', 'P/12', 'p/2']);
    expect(await idsOf(`startsWith=${'x'.repeat(3000)}`)).toEqual([]);
    expect((await spec.ask('GET', `${docs}?startsWith=p/1&metadataOnly=true`)).text).not.toContain('"Name"');
  });

  it('of documents in another database are not among them', async () => {
    await spec.ask('PUT', '/admin/databases?name=orders2', { body: { DatabaseName: 'orders2' } });
    await spec.ask('PUT', '/databases/orders2/docs?id=p/99', { body: {} });
    expect(await idsOf('startsWith=p/9')).toEqual([]);
  });

  it('that end with a bar are numbered, also in a batch', async () => {
    const idOf = async (id: string) => (await put(id)).json<{ Id: string }>().Id;
    expect([await idOf('bills|'), await idOf('Bills|')]).toEqual(['bills/1', 'Bills/2']);
    const saved = await batch(putCommand('bills|'), putCommand('bills|'));
    expect(saved.json<{ Results: { '@id': string }[] }>().Results.map((result) => result['@id'])).toEqual([
      'bills/3',
      'bills/4',
    ]);
    const identity = (what: string) => spec.ask('POST', `/databases/orders/identity/${what}`);
    expect((await identity('next?name=bills')).json()).toEqual({ NewIdentityValue: 5 });
    expect((await identity('seed?name=bills|&value=100')).json()).toEqual({ NewSeedValue: 100 });
    expect((await identity('seed?name=bills|&value=5')).json()).toEqual({ NewSeedValue: 100 });
    expect((await identity('seed?name=bills|&value=5&force=true')).json()).toEqual({ NewSeedValue: 5 });
    expect((await spec.ask('GET', '/databases/orders/debug/identities')).json()).toEqual({ 'bills|': 5 });
  });

  it('are asked for by HEAD', async () => {
    const vector = await putting('head/1');
    const there = await spec.ask('HEAD', `${docs}?id=head/1`);
    expect([there.status, there.headers.etag, there.text]).toEqual([200, `"${vector}"`, '']);
    expect((await spec.ask('HEAD', `${docs}?id=head/none`)).status).toBe(404);
    expect((await spec.ask('HEAD', docs)).status).toBe(500);
    expect((await spec.ask('HEAD', '/databases/orders/stats')).status).toBe(400);
  });
});

describe('what is included', () => {
  const includes = async (path: string) =>
    (await spec.ask('GET', `${docs}?id=include/1&${path}`)).json<{ Includes: Record<string, unknown> }>().Includes;

  it('are the documents that others name', async () => {
    await put('friends/1');
    await put('friends/2');
    const named = { Friend: 'friends/1', Gone: 'friends/none', Text: 'x\n'.repeat(600), Sub: { Of: 'FRIENDS/1' } };
    await put('include/1', { ...named, Lines: [{ Of: 'friends/1' }, { Of: 'friends/2' }, { Of: 'include/1' }] });
    expect(Object.keys(await includes('include=Friend'))).toEqual(['friends/1']);
    expect(Object.keys(await includes('include=Sub.Of&include=Gone&include=Text&include=No.Such'))).toEqual([
      'friends/1',
    ]);
    for (const path of ['Lines[].Of', 'Lines.Of'])
      expect(Object.keys(await includes(`include=${path}`))).toEqual(['friends/1', 'friends/2']);
  });

  it.each(['counter=likes', 'revisions=x', 'include=Friend(friends/)', 'cmpxchg=a'])(
    'is nothing else: %s is refused in a sentence',
    async (query) => {
      const answer = await spec.ask('GET', `${docs}?id=include/1&${query}`);
      expect(answer.status).toBe(500);
      expect(answer.json<{ Message: string }>().Message).toMatch(/^This server includes .*[.]$/);
    },
  );
});
