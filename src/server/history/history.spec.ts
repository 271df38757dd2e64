import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeOf, startSpecNode, type SpecNode } from '../spec-node.ts';

let spec: SpecNode;
beforeAll(async () => {
  spec = await startSpecNode();
});
afterAll(() => spec.close());

interface Event {
  Action: string;
  Thumbprint: string;
  By: string | null;
  ByName: string | null;
  Changes: string[];
}
const history = async (query = '') => {
  const answer = await spec.ask('GET', `/admin/certificates/history${query}`);
  return { text: answer.text, events: answer.json<{ Results: Event[] }>().Results };
};

it('tells who did what to which certificate, the latest first, and no secret', async () => {
  const { Secret: key } = (await spec.ask('GET', '/admin/certificates/2fa/generate')).json<{ Secret: string }>();
  const alice = await spec.register('alice', 'ValidUser', {
    Permissions: { Orders: 'Read' },
    Password: 'pass-phrase-1',
  });
  const body = {
    Thumbprint: alice.thumbprint,
    Name: 'Alice',
    SecurityClearance: 'Operator',
    Permissions: { Orders: 'Admin' },
    TwoFactorAuthenticationKey: key,
  };
  const edited = await spec.ask('POST', '/admin/certificates/edit', { as: spec.admin, body });
  expect(edited.status).toBe(201);
  const login = { as: alice, body: { Token: await codeOf(key) } };
  expect((await spec.ask('POST', '/authentication/2fa', login)).status).toBe(202);
  expect((await spec.ask('DELETE', `/admin/certificates?thumbprint=${alice.thumbprint}`)).status).toBe(204);
  const { events, text } = await history(`?thumbprint=${alice.thumbprint.toLowerCase()}`);
  expect(events.map((event) => event.Action)).toEqual(['Delete', 'TwoFactorLogin', 'Edit', 'Upload']);
  expect(events[2]).toMatchObject({ By: spec.admin.thumbprint, ByName: 'first-admin' });
  expect(events[2]?.Changes).toEqual([
    'Name: alice → Alice',
    'Clearance: ValidUser → Operator',
    'Orders: Read → Admin',
    'Two-factor set',
  ]);
  expect(events[3]).toMatchObject({ By: spec.server.thumbprint, ByName: 'Server Certificate' });
  for (const secret of [key, 'pass-phrase-1', alice.der]) expect(text).not.toContain(secret);
  const all = await history('?pageSize=2');
  expect(all.events).toHaveLength(2);
  expect((await spec.ask('GET', '/admin/certificates/history', { as: null })).status).toBe(403);
});

it('only grows: no request changes or removes what it holds, and pages give all of it once', async () => {
  const before = (await history('?pageSize=10000')).events;
  expect(before.length).toBeGreaterThan(0);
  for (const method of ['DELETE', 'PUT', 'POST', 'PATCH'])
    expect((await spec.ask(method, '/admin/certificates/history', { body: {} })).status).toBe(400);
  const generated = { Name: 'generated', SecurityClearance: 'ValidUser', Permissions: {}, Password: 'pass-phrase-2' };
  expect((await spec.ask('POST', '/admin/certificates', { body: generated })).status).toBe(200);
  const { events: after, text } = await history('?pageSize=10000');
  expect(after.slice(1)).toEqual(before);
  expect(after[0]).toMatchObject({ Action: 'Generate' });
  expect(text).not.toContain('pass-phrase-2');
  const pages = [];
  for (let start = 0; start < after.length; start += 2)
    pages.push(...(await history(`?start=${start}&pageSize=2`)).events);
  expect(pages).toEqual(after);
});
