import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { madeCertificate, newKey, sending, textExtension, type Signer } from '../spec-certificates.ts';
import { openHttp2 } from '../spec-http2.ts';
import { certificate, keptConnection, startSpecNode, type Identity, type SpecNode } from '../spec-node.ts';

const mode = '/admin/certificates/mode';
const who = (name: string) => JSON.stringify({ username: name, provider: 'Github' });
const signer = async (name: string): Promise<Signer> => ({ name, key: await newKey() });

/** Single sign-on's server, and what users of it have and can make. */
async function people() {
  const [server, alice, bob, house, floor, root] = await Promise.all(
    ['sign-on', 'alice', 'bob', 'house', 'floor', 'root'].map(signer),
  );
  if (!server || !alice || !bob || !house || !floor || !root) throw new Error('There are six.');
  const bobs = (issuer: Signer, more = {}) => madeCertificate({ ...bob, issuer, identity: who('bob'), ...more });
  const alices = (more = {}) => madeCertificate({ ...alice, issuer: server, identity: who('alice'), ...more });
  const authority = (of: Signer, by: Signer, more = {}) =>
    madeCertificate({ ...of, issuer: by, authority: true, usages: ['keyCertSign'], ...more });
  return { server, alice, bob, house, floor, root, bobs, alices, authority };
}
type People = Awaited<ReturnType<typeof people>>;

/** Who is let in as bob. */
const goodChains: Record<string, (all: People) => Promise<Identity>> = {
  'signed by the server itself': ({ bobs, server }) => bobs(server),
  'below an authority of the server': async ({ bobs, authority, house, server }) =>
    sending(await bobs(house), await authority(house, server)),
  'below two': async ({ bobs, authority, house, floor, server }) =>
    sending(await bobs(floor), await authority(floor, house), await authority(house, server)),
  'below as many as the upper one may have': async ({ bobs, authority, house, floor, server }) =>
    sending(
      await bobs(floor),
      await authority(floor, house, { pathLength: 0 }),
      await authority(house, server, { pathLength: 1 }),
    ),
};

/** Who isn't, whatever is sent along. */
const badChains: Record<string, (all: People) => Promise<Identity>> = {
  'by a user, whose certificate says that it is no authority': async ({ bobs, alices, alice }) =>
    sending(await bobs(alice), await alices({ authority: false })),
  'by a user, whose certificate says nothing of it': async ({ bobs, alices, alice }) =>
    sending(await bobs(alice), await alices()),
  'by a user, whose key is for signing certificates, but no authority': async ({ bobs, alices, alice }) =>
    sending(await bobs(alice), await alices({ authority: false, usages: ['keyCertSign'] })),
  'by an authority that may not sign certificates': async ({ bobs, authority, house, server }) =>
    sending(await bobs(house), await authority(house, server, { usages: ['digitalSignature'] })),
  'by a user below an authority': async ({ bobs, alices, authority, alice, house, server }) =>
    sending(await bobs(alice), await alices({ issuer: house, authority: false }), await authority(house, server)),
  'by an authority below a user': async ({ bobs, alices, authority, alice, house }) =>
    sending(await bobs(house), await authority(house, alice), await alices({ authority: false })),
  'by an authority below one that may have none': async ({ bobs, authority, house, floor, server }) =>
    sending(await bobs(floor), await authority(floor, house), await authority(house, server, { pathLength: 0 })),
  'by an authority that is over': async ({ bobs, authority, house, server }) =>
    sending(await bobs(house), await authority(house, server, { begins: -3, ends: -1 })),
  'by an authority that has not begun': async ({ bobs, authority, house, server }) =>
    sending(await bobs(house), await authority(house, server, { begins: 1, ends: 3 })),
  'by an authority of nobody': async ({ bobs, authority, house }) =>
    sending(await bobs(house), await authority(house, house)),
  'by a stranger who calls himself as the server does': async ({ bobs, bob, server }) =>
    bobs({ name: server.name, key: bob.key }),
  'by the server, under another name': ({ bobs, server }) => bobs({ name: 'somebody', key: server.key }),
  'by an authority with limits that nobody here reads': async ({ bobs, authority, house, server }) =>
    sending(
      await bobs(house),
      await authority(house, server, { extensions: [textExtension('1.2.3.4', 'only on Mondays', true)] }),
    ),
  'by an authority for certain names': async ({ bobs, authority, house, server }) =>
    sending(await bobs(house), await authority(house, server, { extensions: [textExtension('2.5.29.30', 'alice')] })),
};

async function signOn(options: { asRavenDb: boolean }) {
  const all = await people();
  const issuer = await all.authority(all.root, all.root, { pathLength: 1 });
  const settings = { 'Security.WellKnownIssuers.Admin': issuer.der };
  const spec = await startSpecNode({ ...options, licence: 'developer', settings });
  const { der } = await madeCertificate(all.server);
  const put = (path: string, body: object) => spec.ask('PUT', path, { body: { Permissions: {}, ...body } });
  const gate = { Name: 'sign-on', Certificate: der, SecurityClearance: 'ValidUser', Usage: 'SsoServer' };
  expect((await put('/admin/certificates', gate)).status).toBe(201);
  for (const [name, level] of [
    ['alice', 'ValidUser'],
    ['bob', 'ClusterAdmin'],
  ] as const) {
    const identifiers = [{ Provider: 'Github', Identifier: name }];
    const user = { Name: name, SecurityClearance: level, SsoIdentifiers: identifiers, AllowAnySsoServer: true };
    expect((await put('/admin/certificates/sso/user', user)).status).toBe(201);
  }
  return { spec, all };
}

/** Two requests over TLS 1.2, the second with the session of the first, as a client resumes it. */
async function resumed({ node }: SpecNode, as: Identity): Promise<{ again: boolean; answers: string[] }> {
  const { port } = new URL(node.url);
  const ca = readFileSync(node.identity.ca, 'utf8');
  const talk = (session: Buffer | undefined) =>
    new Promise<{ again: boolean; text: string; session: Buffer | undefined }>((resolve, reject) => {
      const socket = connect({
        ...{ host: '127.0.0.1', port: Number(port), servername: 'localhost', ca, cert: as.pem, key: as.pem },
        maxVersion: 'TLSv1.2',
        ...(session === undefined ? {} : { session }),
      });
      let text = '';
      socket.on('data', (piece: Buffer) => (text += piece.toString('utf8')));
      socket.on('error', reject);
      socket.once('secureConnect', () => {
        const [again, own] = [socket.isSessionReused(), socket.getSession()];
        socket.on('end', () => resolve({ again, text, session: own }));
        socket.end(`GET ${mode} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      });
    });
  const first = await talk(undefined);
  const second = await talk(first.session);
  return { again: second.again, answers: [first.text, second.text].map((text) => text.slice(9, 12)) };
}

describe.each([
  ['by default', { asRavenDb: false }],
  ['as RavenDB', { asRavenDb: true }],
])('who is vouched for by single sign-on, %s', (_mode, options) => {
  let spec: SpecNode;
  let all: People;
  beforeAll(async () => {
    ({ spec, all } = await signOn(options));
  });
  afterAll(() => spec.close());

  it.each(Object.entries(goodChains))('lets in %s', async (_name, chain) => {
    const bob = await chain(all);
    expect((await spec.ask('GET', mode, { as: bob })).status).toBe(200);
    const whoAmI = await spec.ask('GET', '/certificates/whoami', { as: bob });
    expect(whoAmI.json()).toMatchObject({ Name: 'bob', SecurityClearance: 'ClusterAdmin', Usage: 'SsoClient' });
  });

  it.each(Object.entries(badChains))('keeps out one signed %s', async (_name, chain) => {
    const bob = await chain(all);
    // HTTP/1.1, two requests on one connection and another connection.
    const agent = keptConnection(spec.node, bob);
    for (const more of [{ agent }, { agent }, {}])
      expect((await spec.ask('GET', mode, { as: bob, ...more })).status).toBe(403);
    agent.destroy();
    expect((await spec.ask('GET', '/certificates/whoami', { as: bob })).status).toBe(204);
    const second = openHttp2(spec.node, bob);
    expect((await second.ask('GET', mode)).status).toBe(403);
    second.close();
  });

  it('keeps a user from registering an admin with a certificate that the user signed', async () => {
    const { alices, bobs, alice } = all;
    const own = await alices({ authority: false });
    const forged = sending(await bobs(alice), own);
    const carol = certificate('carol');
    const body = { Name: 'carol', Certificate: carol.der, SecurityClearance: 'ClusterAdmin', Permissions: {} };
    expect((await spec.ask('GET', mode, { as: own })).status).toBe(403);
    expect((await spec.ask('GET', '/databases', { as: own })).status).toBe(200);
    expect((await spec.ask('PUT', '/admin/certificates', { as: forged, body })).status).toBe(403);
    const second = openHttp2(spec.node, forged);
    expect((await second.ask('PUT', '/admin/certificates', body)).status).toBe(403);
    second.close();
    expect((await spec.ask('GET', mode, { as: carol })).status).toBe(403);
    expect(await resumed(spec, forged)).toEqual({ again: false, answers: ['403', '403'] });
  });

  it('holds a well-known issuer to its limits, and those below it', async () => {
    const { bobs, authority, house, floor, root, alice } = all;
    const modes = async (as: Identity) => (await spec.ask('GET', mode, { as })).status;
    expect(await modes(await bobs(root))).toBe(200);
    expect(await modes(sending(await bobs(house), await authority(house, root)))).toBe(200);
    const two = (more: object) =>
      Promise.all([bobs(floor), authority(floor, house), authority(house, root, more)] as const);
    for (const more of [{}, { pathLength: 0 }]) {
      const [own, lower, upper] = await two(more);
      expect(await modes(sending(own, lower, upper))).toBe(403);
    }
    const leaf = await madeCertificate({ ...alice, issuer: root, authority: false });
    expect(await modes(sending(await bobs(alice), leaf))).toBe(403);
  });
});
