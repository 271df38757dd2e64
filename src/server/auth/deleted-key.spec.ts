import { afterAll, beforeAll, expect, it } from 'vitest';
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
