import { afterAll, beforeAll, expect, it } from 'vitest';
import { madeCertificate, newKey } from '../spec-certificates.ts';
import { openHttp2 } from '../spec-http2.ts';
import { certificate, startSpecNode, type SpecNode } from '../spec-node.ts';

let spec: SpecNode;
beforeAll(async () => {
  spec = await startSpecNode();
});
afterAll(() => spec.close());

const mode = async (name: string) =>
  (await spec.ask('GET', '/admin/certificates/mode', { as: certificate(name) })).status;
const remove = (name: string) => spec.ask('DELETE', `/admin/certificates?thumbprint=${certificate(name).thumbprint}`);

/** As on RavenDB 7.2.7, whose renewal by key this is: who holds the key of an enabled certificate is let in. */
it('a deleted certificate is let in by its key while another with that key is enabled, and no longer', async () => {
  await spec.register('same1', 'ClusterAdmin');
  await spec.register('same2', 'ClusterAdmin');
  expect((await remove('same1')).status).toBe(204);
  expect(await mode('same1')).toBe(200);
  // It was registered again, which the history tells.
  const history = await spec.ask('GET', `/admin/certificates/history?thumbprint=${certificate('same1').thumbprint}`);
  expect(history.json<{ Results: { Action: string }[] }>().Results.map(({ Action }) => Action)).toEqual([
    'TakeOver',
    'Delete',
    'Upload',
  ]);
  expect((await remove('same2')).status).toBe(204);
  expect((await remove('same1')).status).toBe(204);
  expect([await mode('same1'), await mode('same2')]).toEqual([403, 403]);
});

const register = async (of: { der: string }, more: object = {}) => {
  const body = { Name: 'old', Certificate: of.der, SecurityClearance: 'ClusterAdmin', Permissions: {}, ...more };
  expect((await spec.ask('PUT', '/admin/certificates', { body })).status).toBe(201);
};
const known = async () =>
  (await spec.ask('GET', '/admin/certificates?secondary=true')).json<{ Results: unknown[] }>().Results.length;

it.each([
  ['is over', { begins: -3, ends: -1 }, false],
  ['has not begun', { begins: 1, ends: 3 }, false],
  ['is disabled', {}, true],
])('a new certificate with the key of one that %s is let in by nothing', async (_name, dates, disabled) => {
  const key = await newKey();
  const old = await madeCertificate({ name: 'old', key, ...dates });
  await register(old, { Disabled: disabled });
  const before = await known();
  const next = await madeCertificate({ name: 'next', key });
  for (const path of ['/certificates/whoami', '/admin/certificates/mode', '/certificates/whoami'])
    expect((await spec.ask('GET', path, { as: next })).status).toBe(path === '/certificates/whoami' ? 204 : 403);
  const connection = openHttp2(spec.node, next);
  expect((await connection.ask('GET', '/admin/certificates/mode')).status).toBe(403);
  connection.close();
  expect(await known()).toBe(before);
});

it('one that is over does not shut out a new certificate with the key of one that is in force', async () => {
  const key = await newKey();
  await register(await madeCertificate({ name: 'old', key, begins: -3, ends: -1 }));
  await register(await madeCertificate({ name: 'now', key }));
  const next = await madeCertificate({ name: 'next', key, ends: 9 });
  expect((await spec.ask('GET', '/admin/certificates/mode', { as: next })).status).toBe(200);
});
