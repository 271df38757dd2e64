import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  certificate,
  certificateFile,
  keptConnection,
  startSpecNode,
  temporaryFolder,
  type SpecNode,
} from '../spec-node.ts';

let spec: SpecNode;
let folder: { path: string; remove: () => void };
beforeEach(async () => {
  folder = temporaryFolder();
  spec = await startSpecNode({ dataDir: folder.path });
});
afterEach(async () => {
  await spec.close();
  folder.remove();
});

/** The thumbprint that a new connection is shown. */
async function shown(): Promise<string> {
  const { port } = new URL(spec.node.url);
  const socket = connect({ host: 'localhost', port: Number(port), servername: 'localhost', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const thumbprint = socket.getPeerX509Certificate()?.fingerprint.replaceAll(':', '') ?? '';
  socket.destroy();
  return thumbprint;
}
const asAdmin = (method: string, path: string, body?: unknown) =>
  spec.ask(method, path, { as: spec.admin, ...(body === undefined ? {} : { body }) });
const replaced = (thumbprint: string) =>
  vi.waitFor(async () => expect(await shown()).toBe(thumbprint), { timeout: 10_000 });
const replace = '/admin/certificates/replace-cluster-cert';
const file = () => certificateFile('newserver.pfx');

describe('replacing the server certificate', () => {
  it('shows the new one to new connections, lets old ones live, and refuses the old one as an identity', async () => {
    const open = keptConnection(spec.node, spec.admin);
    expect((await spec.ask('GET', '/admin/certificates/mode', { as: spec.admin, agent: open })).status).toBe(200);
    expect((await asAdmin('POST', replace, { Certificate: file() })).status).toBe(201);
    const next = certificate('newserver');
    await replaced(next.thumbprint);
    expect((await spec.ask('GET', '/admin/certificates/mode', { as: spec.admin, agent: open })).status).toBe(200);
    const oldOne = await spec.ask('GET', '/admin/certificates/mode', { agent: unchecked(spec.server.pem) });
    expect(oldOne.status).toBe(403);
    await vi.waitFor(async () => {
      const status = await spec.ask('GET', '/admin/certificates/replacement/status', { agent: open });
      expect(status.status).toBe(404);
    });
    const list = await spec.ask('GET', '/admin/certificates?metadataOnly=true', { agent: open });
    const names = list.json<{ Results: { Name: string }[] }>().Results.map(({ Name: name }) => name);
    expect(names.sort()).toEqual(['Server Certificate', 'first-admin']);
    open.destroy();
  });

  it('is kept across a restart', async () => {
    expect((await asAdmin('POST', replace, { Certificate: file() })).status).toBe(201);
    await replaced(certificate('newserver').thumbprint);
    await spec.close();
    spec = await startSpecNode({ dataDir: folder.path });
    expect(spec.server.thumbprint).toBe(certificate('newserver').thumbprint);
    expect(readFileSync(spec.node.identity.pem, 'utf8')).toContain('BEGIN RSA PRIVATE KEY');
  });

  it('waits for one that is not valid yet, also across a restart, until it is reset', async () => {
    const status = () => asAdmin('GET', '/admin/certificates/replacement/status');
    expect((await asAdmin('POST', replace, { Certificate: certificateFile('future.pfx') })).status).toBe(201);
    expect((await status()).json()).toMatchObject({ Confirmations: 0, Thumbprint: certificate('future').thumbprint });
    await spec.close();
    spec = await startSpecNode({ dataDir: folder.path });
    expect((await status()).json()).toMatchObject({ OldThumbprint: spec.server.thumbprint });
    expect((await asAdmin('POST', '/admin/certificates/replacement/reset')).status).toBe(204);
    expect((await status()).status).toBe(404);
  });

  it.each([
    ['no key', () => certificate('newserver').der, /private key/],
    ['an EC key', () => certificateFile('alice.pfx'), /private key/],
    ['an expired one', () => certificateFile('expiredserver.pfx'), /expired/],
  ])('refuses %s', async (_case, body, cause) => {
    const answer = await asAdmin('POST', replace, { Certificate: body() });
    expect(answer.status).toBe(500);
    expect(answer.json()).toMatchObject({
      Type: 'System.InvalidOperationException',
      Message: 'Failed to replace the server certificate.',
      Error: expect.stringMatching(cause) as string,
    });
    expect(await shown()).toBe(spec.server.thumbprint);
  });
});

describe('renewing by the own authority', () => {
  it('is offered, and done on demand: clients that trust the authority go on', async () => {
    expect((await asAdmin('GET', '/admin/certificates/mode')).json()).toEqual({ SetupMode: 'LetsEncrypt' });
    const date = await asAdmin('GET', '/admin/certificates/letsencrypt/renewal-date');
    const { EstimatedRenewal: estimated } = date.json<{ EstimatedRenewal: string }>();
    expect(estimated).toMatch(/T00:00:00\.0000000Z$/);
    expect(new Date(estimated).getUTCDay()).toBe(6);
    const before = await shown();
    expect((await asAdmin('POST', '/admin/certificates/letsencrypt/force-renew')).json()).toEqual({ Success: true });
    expect((await asAdmin('POST', '/admin/certificates/letsencrypt/force-renew')).json()).toEqual({ Success: false });
    await vi.waitFor(async () => expect(await shown()).not.toBe(before), { timeout: 20_000 });
    // The same file of trusted certificates as before the renewal.
    expect((await asAdmin('GET', '/admin/certificates/mode')).status).toBe(200);
    const next = await shown();
    await spec.close();
    spec = await startSpecNode({ dataDir: folder.path });
    expect(await shown()).toBe(next);
  }, 40_000);
});

function unchecked(pem: string) {
  const agent = keptConnection(spec.node, { pem, thumbprint: '', der: '' });
  agent.options.rejectUnauthorized = false;
  return agent;
}
