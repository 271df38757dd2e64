import { expect, it, vi } from 'vitest';
import { startSpecNode } from '../spec-node.ts';

// Keys of 4096 bits take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

interface Routes {
  readonly Debug: readonly { readonly Path: string; readonly Methods: string }[];
  readonly Production: readonly { readonly Path: string; readonly Methods: string }[];
}

it.each([
  [false, true],
  [true, false],
])('says what it answers, exactly as RavenDB %s: a history %s', async (asRavenDb, history) => {
  const spec = await startSpecNode({ asRavenDb });
  try {
    const { Production } = (await spec.ask('GET', '/debug/routes')).json<Routes>();
    const methods = new Map(Production.map(({ Path, Methods }) => [Path, Methods]));
    expect(methods.get('/admin/certificates')?.split(', ').toSorted()).toEqual(['DELETE', 'GET', 'POST', 'PUT']);
    expect(methods.get('/authentication/2fa/configuration')).toBe('GET');
    expect(methods.get('/databases/*/docs')).toContain('PUT');
    expect(methods.has('/admin/certificates/history')).toBe(history);
    expect((await spec.ask('GET', '/debug/routes', { as: null })).status).toBe(403);
  } finally {
    await spec.close();
  }
});
