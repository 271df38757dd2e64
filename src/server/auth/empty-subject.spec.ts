import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePfx } from '../../pki/write-pfx.ts';
import { newKey, oddCertificate } from '../certificate-harness.ts';
import { identityOf, startSpecNode, temporaryFolder, type SpecNode } from '../spec-node.ts';

/** Certificates without a subject, as authorities issue them by now: their names are in the (critical) alternative names alone. */
const nameless = (...hosts: string[]) => oddCertificate({ name: null, hosts });
const bytesOf = ({ der }: { der: string }) => Buffer.from(der, 'base64');

const folder = temporaryFolder();
const server = nameless('localhost');
let spec: SpecNode;
beforeAll(async () => {
  const pfx = join(folder.path, 'nameless.pfx');
  const privateKeyPkcs8 = server.key.privateKey.export({ type: 'pkcs8', format: 'der' });
  writeFileSync(pfx, await writePfx({ certificates: [bytesOf(server)], privateKeyPkcs8, encryption: 'modern' }), {
    mode: 0o600,
  });
  spec = await startSpecNode({ settings: { 'Security.Certificate.Path': pfx } });
});
afterAll(async () => {
  await spec.close();
  folder.remove();
});

const put = (certificate: string) =>
  spec.ask('PUT', '/admin/certificates', {
    body: { Name: 'nameless', Certificate: certificate, SecurityClearance: 'ValidUser', Permissions: {} },
  });

it('a node starts with such a server certificate, and works', async () => {
  expect(spec.server.thumbprint).toBe(server.thumbprint);
  expect((await spec.ask('GET', '/certificates/whoami', { as: spec.admin })).status).toBe(200);
  expect((await spec.ask('GET', '/admin/certificates/export')).status).toBe(200);
  const made = { Name: 'made', SecurityClearance: 'ValidUser', Permissions: {} };
  expect((await spec.ask('POST', '/admin/certificates', { body: made })).status).toBe(200);
});

describe('its holder', () => {
  it('is called by the alternative name where it isn’t known', async () => {
    const stranger = nameless('alice.example.com', 'a.example.com');
    const answer = await spec.ask('GET', '/databases', { as: stranger });
    expect(answer.status).toBe(403);
    expect(answer.json<{ Message: string }>().Message).toContain(
      `'alice.example.com, a.example.com(Thumbprint: ${stranger.thumbprint})'`,
    );
    expect((await spec.ask('GET', '/certificates/whoami', { as: stranger })).status).toBe(204);
  });

  it('is let in once it is registered', async () => {
    const known = nameless('alice.example.com');
    expect((await put(known.der)).status).toBe(201);
    expect((await spec.ask('GET', '/databases', { as: known })).status).toBe(200);
    expect((await spec.ask('GET', '/certificates/whoami', { as: known })).json()).toMatchObject({ Name: 'nameless' });
  });

  it('is let in by the key of a registered one', async () => {
    const key = newKey();
    expect((await put(oddCertificate({ key }).der)).status).toBe(201);
    const sibling = oddCertificate({ key, name: null, hosts: ['b.example.com'] });
    expect((await spec.ask('GET', '/databases', { as: sibling })).status).toBe(200);
  });

  it('may have neither name at all', async () => {
    const blank = oddCertificate({ name: null });
    expect((await spec.ask('GET', '/databases', { as: blank })).status).toBe(403);
    expect((await put(blank.der)).status).toBe(201);
    expect((await spec.ask('GET', '/databases', { as: blank })).status).toBe(200);
  });
});

it('a set of them is one entry, since none issued the other', async () => {
  const [first, second] = [nameless('a.example.com'), nameless('b.example.com')];
  const pfx = await writePfx({ certificates: [bytesOf(first), bytesOf(second)], encryption: 'modern' });
  expect((await put(Buffer.from(pfx).toString('base64'))).status).toBe(201);
  const list = await spec.ask('GET', '/admin/certificates?metadataOnly=true&secondary=true');
  expect(list.json<{ Results: unknown[] }>().Results).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ Thumbprint: second.thumbprint, CollectionSecondaryKeys: [first.thumbprint] }),
      expect.objectContaining({ Thumbprint: first.thumbprint, CollectionPrimaryKey: second.thumbprint }),
    ]),
  );
});

it('one that an authority issued is registered', async () => {
  const file = readFileSync(new URL('../../pki/samples/empty-subject-client.pem', import.meta.url), 'utf8');
  expect((await put(identityOf(file).der)).status).toBe(201);
});
