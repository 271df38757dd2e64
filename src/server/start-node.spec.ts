import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { certificate, certificateFile, entryOf, startSpecNode, temporaryFolder, type SpecNode } from './spec-node.ts';
import { lockFolder } from './store/folder-lock.ts';

const opened: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close();
});
function folder(): string {
  const { path, remove } = temporaryFolder();
  opened.push({ close: remove });
  return path;
}
async function start(options: Parameters<typeof startSpecNode>[0]): Promise<SpecNode> {
  const spec = await startSpecNode(options);
  opened.push(spec);
  return spec;
}
const whoAmI = async (spec: SpecNode, as = spec.admin) => spec.ask('GET', '/certificates/whoami', { as });

describe('a first start', () => {
  it('makes an identity, an authority and an admin in files that only their owner reads', async () => {
    const spec = await start({});
    expect((await whoAmI(spec)).json<{ SecurityClearance: string }>().SecurityClearance).toBe('ClusterAdmin');
    const { pem, pfx, ca } = spec.node.identity;
    const client = spec.node.client;
    const store = readdirSync(join(spec.folder, 'store')).map((name) => join(spec.folder, 'store', name));
    for (const file of [pem, pfx, ca, client?.pem ?? '', client?.pfx ?? '', ...store])
      expect(statSync(file).mode & 0o077, file).toBe(0);
    expect(readdirSync(spec.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('as RavenDB is passive and registers nobody', async () => {
    const spec = await start({ asRavenDb: true, licence: 'none' });
    expect(spec.node.client).toBeUndefined();
    const topology = (await spec.ask('GET', '/cluster/topology')).json<{ NodeTag: string; CurrentState: string }>();
    expect(topology).toMatchObject({ NodeTag: '?', CurrentState: 'Passive' });
    for (const [path, type] of [
      ['letsencrypt/force-renew', 'Raven.Client.Exceptions.Cluster.NoLeaderException'],
      ['replace-cluster-cert', 'Raven.Client.Exceptions.Cluster.NoLeaderException'],
      ['local-state/apply', 'Raven.Client.Exceptions.Security.AuthorizationException'],
    ])
      expect((await spec.ask('POST', `/admin/certificates/${path ?? ''}`)).json()).toMatchObject({ Type: type });
    expect((await spec.ask('DELETE', '/admin/certificates/purge')).json()).toMatchObject({
      Type: 'System.NotSupportedException',
    });
    // An admin's write makes it a cluster of its own, also when it is refused.
    expect((await spec.ask('POST', '/admin/certificates/edit', { body: '{' })).status).toBe(500);
    expect((await spec.ask('GET', '/cluster/topology')).json()).toMatchObject({ NodeTag: 'A', Leader: 'A' });
    expect((await spec.ask('GET', '/admin/certificates/history')).status).toBe(400);
    expect((await spec.ask('GET', '/admin/certificates/mode')).json()).toEqual({ SetupMode: 'None' });
  });
});

describe('a second start', () => {
  it('has everything that was acknowledged, and the same identity', async () => {
    const dataDir = folder();
    const first = await startSpecNode({ dataDir });
    const alice = await first.register('alice', 'Operator', { Permissions: { Orders: 'Read', __proto__x: 'Admin' } });
    await first.register('bob', 'ValidUser');
    expect((await first.ask('DELETE', `/admin/certificates?thumbprint=${certificate('bob').thumbprint}`)).status).toBe(
      204,
    );
    const before = await entryOf(first, alice);
    await first.close();
    const second = await start({ dataDir });
    expect(second.server.thumbprint).toBe(first.server.thumbprint);
    expect(second.admin.thumbprint).toBe(first.admin.thumbprint);
    expect(await entryOf(second, alice)).toEqual(before);
    expect(await entryOf(second, certificate('bob'))).toBeUndefined();
    expect((await whoAmI(second, alice)).status).toBe(200);
  });

  it('does not bring a deleted first admin back', async () => {
    const dataDir = folder();
    const first = await startSpecNode({ dataDir });
    const path = `/admin/certificates?thumbprint=${first.admin.thumbprint}`;
    expect((await first.ask('DELETE', path)).status).toBe(204);
    await first.close();
    expect((await whoAmI(await start({ dataDir }))).status).toBe(204);
  });
});

describe('a start that fails says why in one sentence', () => {
  it('for a data folder held by this process', async () => {
    const spec = await start({});
    const message = `The data folder ${spec.folder} is held by process ${process.pid}: stop that one first, or use another folder.`;
    await expect(startSpecNode({ dataDir: spec.folder })).rejects.toThrow(message);
  });

  it('for one held by another process, until that one is killed', async () => {
    const path = folder();
    const script = join(folder(), 'hold.mjs');
    // The lock's own name, taken by a process that is killed without a chance to clean up.
    writeFileSync(
      script,
      `import { createServer } from 'vite';
       const vite = await createServer({ configFile: false, root: ${JSON.stringify(process.cwd())}, logLevel: 'error', server: { middlewareMode: true, watch: null, ws: false, hmr: false } });
       const { lockFolder } = await vite.ssrLoadModule('/src/server/store/folder-lock.ts');
       await lockFolder(process.argv[2]);
       process.send('held');
       setInterval(() => {}, 1e6);`,
    );
    const inside = join(process.cwd(), 'node_modules', '.cache', 'raven-spec');
    mkdirSync(inside, { recursive: true });
    const runnable = join(inside, `hold-${process.pid}.mjs`);
    copyFileSync(script, runnable);
    const child = fork(runnable, [path]);
    await once(child, 'message');
    await expect(startSpecNode({ dataDir: path })).rejects.toThrow(`is held by process ${child.pid ?? 0}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await lockFolder(path);
    await lock.release();
  });

  it('for a port in use, and nothing was made', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    opened.push(busy);
    const address = busy.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const dataDir = folder();
    await expect(startSpecNode({ dataDir, serverUrl: `https://localhost:${port}` })).rejects.toThrow(
      `The port ${port} is in use`,
    );
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it.each([
    ['wrong password', 'bob-secret.pfx', 'nope', /could not be opened: the password .* is wrong/],
    ['missing password', 'bob-secret.pfx', '', /could not be opened: the password .* is missing/],
    ['rubbish', undefined, '', /is no PFX file that can be read/],
  ])('for a server certificate with %s; nothing was made', async (_case, file, password, message) => {
    const dataDir = folder();
    const pfx = join(folder(), 'server.pfx');
    writeFileSync(pfx, file === undefined ? 'rubbish' : Buffer.from(certificateFile(file), 'base64'));
    const settings = { 'Security.Certificate.Path': pfx, 'Security.Certificate.Password': password };
    await expect(startSpecNode({ dataDir, settings })).rejects.toThrow(message);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('for a setting that RavenDB does not start with', async () => {
    const start = startSpecNode({ settings: { 'Security.WellKnownIssuerHashes.Admin': 'x' } });
    await expect(start).rejects.toThrow('Security.WellKnownIssuers.Admin');
  });
});

describe('settings', () => {
  it('names those that it does not honour', async () => {
    const spec = await start({ settings: { 'Logs.Mode': 'None' } });
    expect(spec.log.join()).toContain('Logs.Mode');
  });

  it('uses a PFX of the person, and writes PEM files from it', async () => {
    const pfx = join(folder(), 'server.pfx');
    writeFileSync(pfx, Buffer.from(certificateFile('newserver.pfx'), 'base64'));
    const spec = await start({ settings: { 'Security.Certificate.Path': pfx }, asRavenDb: true });
    expect(spec.server.thumbprint).toBe(certificate('newserver').thumbprint);
    expect(spec.node.identity.pfx).toBe(pfx);
    expect((await whoAmI(spec, spec.server)).status).toBe(200);
    expect(existsSync(join(spec.folder, 'authority.pfx'))).toBe(false);
    expect(readFileSync(spec.node.identity.ca, 'utf8')).toContain('BEGIN CERTIFICATE');
  });
});

describe('example certificates', () => {
  it('are many and varied, and fill an empty node only', async () => {
    const dataDir = folder();
    const spec = await startSpecNode({ dataDir, sample: 300 });
    interface Item {
      SecurityClearance: string;
      NotAfter: string;
      Disabled: boolean;
      HasTwoFactor: boolean;
      PublicKeyPinningHash: string;
    }
    const path = '/admin/certificates?metadataOnly=true&secondary=true';
    const list = await spec.ask('GET', path, { headers: { 'Raven-Studio-Version': '7' } });
    const items = list.json<{ Results: Item[] }>().Results;
    expect(items).toHaveLength(302);
    expect(new Set(items.map((item) => item.PublicKeyPinningHash)).size).toBe(302);
    expect(new Set(items.map((item) => item.SecurityClearance)).size).toBeGreaterThanOrEqual(4);
    for (const has of [
      (item: Item) => item.Disabled,
      (item: Item) => item.HasTwoFactor,
      (item: Item) => Date.parse(item.NotAfter) < Date.now(),
      (item: Item) => Date.parse(item.NotAfter) > Date.now() + 3e10,
    ])
      expect(items.some(has)).toBe(true);
    const databases = (await spec.ask('GET', '/databases?namesOnly=true')).json<{ Databases: string[] }>().Databases;
    expect(databases).toHaveLength(20);
    await spec.close();
    const again = await start({ dataDir, sample: 10 });
    expect((await again.ask('GET', path)).json<{ Results: Item[] }>().Results).toHaveLength(302);
  });
});
