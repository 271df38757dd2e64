import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeCertificate, newKey, type Key, type Signer } from '../spec-certificates.ts';
import { startSpecNode, type Identity, type SpecNode } from '../spec-node.ts';

/** A certificate, with the identity of a person in RavenDB's extension when there is one. */
const made = (name: string, key: Key, issuer: Signer, identity?: string) =>
  madeCertificate({ name, key, issuer, ...(identity === undefined ? {} : { identity }) });

let spec: SpecNode;
let user: Key;
let server: Signer;
let stranger: Signer;
let hash: string;
const john = '{"username":"John","provider":"Windows","domain":"corp"}';

beforeAll(async () => {
  spec = await startSpecNode();
  const [a, b, c] = await Promise.all([newKey(), newKey(), newKey()]);
  user = a;
  server = { name: 'sign-on', key: b };
  stranger = { name: 'sign-on', key: c };
  const certificate = await made(server.name, server.key, server);
  const body = {
    Name: 'sign-on',
    Certificate: certificate.der,
    SecurityClearance: 'ValidUser',
    Permissions: {},
    Usage: 'SsoServer',
  };
  expect((await spec.ask('PUT', '/admin/certificates', { body })).status).toBe(201);
  const list = await spec.ask('GET', '/admin/certificates?name=sign-on&metadataOnly=true');
  hash = list.json<{ Results: { PublicKeyPinningHash: string }[] }>().Results[0]?.PublicKeyPinningHash ?? '';
});
afterAll(() => spec.close());

const put = (change: object) =>
  spec.ask('PUT', '/admin/certificates/sso/user', {
    body: {
      Name: 'John',
      SecurityClearance: 'Operator',
      Permissions: {},
      SsoIdentifiers: [{ Provider: 'Windows', Domain: 'CORP', Identifier: 'john' }],
      SsoServerPublicKeyPinningHashes: [hash],
      ...change,
    },
  });
const list = (as: Identity) => spec.ask('GET', '/admin/certificates?pageSize=0', { as });

describe('single sign-on', () => {
  it('refuses users that nobody could be signed in as', async () => {
    const type = async (change: object) => (await put(change)).json<{ Type: string }>().Type;
    expect(await type({ Name: ' ' })).toBe('System.ArgumentException');
    expect(await type({ SsoIdentifiers: [] })).toBe('System.ArgumentException');
    expect(await type({ SsoServerPublicKeyPinningHashes: [] })).toBe('System.ArgumentException');
    expect(await type({ SsoServerPublicKeyPinningHashes: ['abc'] })).toBe('System.InvalidOperationException');
    expect(await type({ SsoIdentifiers: [{ Provider: 'Google', Domain: 'x', Identifier: 'a' }] })).toBe(
      'System.InvalidOperationException',
    );
  });

  it('lets in whom a registered server vouches for, and nobody else', async () => {
    const known = await made('john', user, server, john);
    expect((await list(known)).status).toBe(403);
    const added = await put({});
    expect(added.status).toBe(201);
    const { Thumbprint: thumbprint } = added.json<{ Thumbprint: string }>();
    expect(thumbprint).toMatch(/^[0-9a-f]{32}$/);
    expect((await put({})).status).toBe(500);
    expect((await list(known)).status).toBe(200);
    const who = await spec.ask('GET', '/certificates/whoami', { as: known });
    expect(who.json()).toMatchObject({
      Name: 'John',
      Thumbprint: known.thumbprint,
      Usage: 'SsoClient',
      HasTwoFactor: false,
    });
    const others = [
      await made('john', user, stranger, john),
      await made('john', user, server),
      await made('john', user, server, '{"username":"jane","provider":"Windows","domain":"corp"}'),
      await made('john', user, server, '{"username":"john","provider":"Google"}'),
      await made('john', user, server, 'rubbish'),
    ];
    for (const other of others) expect((await list(other)).status).toBe(403);
    const edit = {
      Thumbprint: thumbprint,
      Name: 'John',
      SecurityClearance: 'Operator',
      Permissions: {},
      Disabled: true,
    };
    expect((await spec.ask('POST', '/admin/certificates/edit', { body: edit })).status).toBe(201);
    expect((await list(known)).status).toBe(403);
  });

  it('keeps what an edit does not name', async () => {
    const added = await put({ SsoIdentifiers: [{ Provider: 'Google', Identifier: 'a@b.example' }] });
    const { Thumbprint: thumbprint } = added.json<{ Thumbprint: string }>();
    const body = {
      Thumbprint: thumbprint,
      Name: 'renamed',
      SecurityClearance: 'ValidUser',
      Permissions: { db: 'Read' },
    };
    expect((await spec.ask('POST', '/admin/certificates/edit', { body })).status).toBe(201);
    const entry = (await spec.ask('GET', `/admin/certificates?thumbprint=${thumbprint}`)).json<{
      Results: unknown[];
    }>();
    expect(entry.Results[0]).toMatchObject({
      Name: 'renamed',
      SsoIdentifiers: [{ Provider: 'Google', Domain: null, Identifier: 'a@b.example' }],
      SsoServerPublicKeyPinningHashes: [hash],
      NotAfter: null,
      Certificate: null,
    });
  });

  it('lets nobody in by it without the licence', async () => {
    const anna = await made('anna', user, server, '{"username":"anna","provider":"Github"}');
    const identity = { Provider: 'Github', Identifier: 'anna' };
    expect((await put({ Name: 'anna', SsoIdentifiers: [identity] })).status).toBe(201);
    expect((await list(anna)).status).toBe(200);
    await spec.node.close();
    const without = await startSpecNode({ dataDir: spec.folder, licence: 'none' });
    expect((await without.ask('GET', '/admin/certificates?pageSize=0', { as: anna })).status).toBe(403);
    expect((await without.ask('GET', '/certificates/whoami', { as: anna })).status).toBe(204);
    await without.close();
  });
});
