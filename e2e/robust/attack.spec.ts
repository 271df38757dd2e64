import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as asn1js from 'asn1js';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { limits } from '../../src/server/limits.ts';
import { project } from '../run/project.mjs';
import { Attackers, closed, sendEndless, takeSome } from './attacks.ts';
import { openClient, type Client } from './client.ts';
import { underAttack, type Pulse } from './pulse.ts';
import { startNodeProcess, temporaryFolder, type NodeProcess } from './running-node.ts';

/** One node for all: what one attack leaves behind, the next one finds. */
const folder = temporaryFolder();
let node: NodeProcess;
let client: Client;
let attackers: Attackers;
beforeAll(async () => {
  node = await startNodeProcess(folder.path, { arguments: ['--sample', '2000'] });
  client = openClient(node);
});
afterEach(() => attackers.close());
afterAll(async () => {
  client.close();
  expect(await node.stop()).toBe(0);
  expect(node.output()).not.toMatch(/Unexpected|Unhandled/i);
  folder.remove();
});

const certs = join(project, 'e2e/conformance/certs');
const alice = readFileSync(join(certs, 'alice.pem'), 'utf8');
const derOf = (pem: string) =>
  /-----BEGIN CERTIFICATE-----([^-]*)/.exec(pem)?.[1]?.replaceAll(/\s/g, '') ?? 'no certificate';
const list = '/admin/certificates?secondary=true';
const put = (more: object) => ({ Name: 'attack', SecurityClearance: 'ValidUser', Permissions: {}, ...more });

function attack(name: string, work: () => Promise<unknown>): void {
  it(name, async () => {
    attackers = new Attackers(node);
    const { beats, longest, memory }: Pulse = await underAttack(node, work);
    process.stdout.write(
      `${name}: ${beats} others answered, the slowest after ${longest.toFixed(0)} ms, ${(memory / 1e6).toFixed(0)} MB\n`,
    );
  });
}

attack('200 connections at once, each with a request', async () => {
  const all = Array.from({ length: 200 }, async () => {
    const socket = await attackers.socket();
    socket.write('GET /admin/certificates/mode HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    let text = '';
    for await (const piece of socket as AsyncIterable<Buffer>) text += piece.toString('latin1');
    return text.slice(0, 15);
  });
  expect(new Set(await Promise.all(all))).toEqual(new Set(['HTTP/1.1 200 OK']));
});

attack('handshakes and headers that never end are cut off', async () => {
  const began = performance.now();
  const halfOpen = attackers.halfOpen(300);
  const slow = await Promise.all(Array.from({ length: 50 }, () => attackers.socket(null)));
  for (const socket of slow) socket.write('GET /certificates/whoami HTTP/1.1\r\nHost: loc');
  await Promise.all(halfOpen.map(closed));
  expect(performance.now() - began).toBeLessThan(2 * limits.handshakeMs);
  await Promise.all(slow.map(closed));
  expect(performance.now() - began).toBeLessThan(2 * limits.headersMs);
});

attack('clients that ask for the whole list and take nothing', async () => {
  await attackers.deafSockets(30, 100, list);
  attackers.deafStreams(20, 100, list);
  attackers.deafStreams(5, 100, list, { 'accept-encoding': 'gzip' });
  // Every request of theirs is in the node before this one, which is answered in turn.
  expect((await client.ask('GET', list)).status).toBe(200);
});

attack('bodies of 1 GB', async () => {
  const path = '/admin/certificates';
  const [announced, endless, stranger] = await Promise.all([
    sendEndless(await attackers.socket(), path, 1e9, false),
    sendEndless(await attackers.socket(), path, 1e9, true),
    sendEndless(await attackers.socket(alice), '/authentication/2fa', 1e9, true),
    ...Array.from({ length: 8 }, async () => sendEndless(await attackers.socket(), path, 1e9, true)),
  ]);
  expect(announced).toMatch(/^HTTP\/1\.1 413 [^]*bytes at most/);
  expect(endless).toMatch(/^HTTP\/1\.1 (413|503) /);
  // There is no PUT on that route: refused before a byte of the body was looked at.
  expect(stranger).toMatch(/^HTTP\/1\.1 400 /);
  // What anybody may send, without being known.
  const unknown = openClient(node, 1, alice);
  const login = await unknown.ask('POST', '/authentication/2fa', { body: { Token: '1'.repeat(100_000) } });
  expect(login.status).toBe(413);
  unknown.close();
});

attack('compressed bodies that grow a thousandfold', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));
  for (let i = 0; i < 5; i++) {
    const answer = await client.ask('PUT', '/admin/certificates', {
      body: bomb,
      headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(413);
  }
});

attack('100,000 permissions', async () => {
  const permissions = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`database-${i}`, 'ReadWrite']));
  const body = put({ Certificate: derOf(alice), Permissions: permissions });
  expect((await client.ask('PUT', '/admin/certificates', { body })).status).toBe(201);
  const known = openClient(node, 1, alice);
  const whoami = await known.ask('GET', '/certificates/whoami');
  expect(whoami.json<{ Permissions: object }>().Permissions).toEqual(permissions);
  known.close();
  const { thumbprint } = await import('../../src/server/spec-node.ts').then(({ identityOf }) => identityOf(alice));
  expect((await client.ask('DELETE', `/admin/certificates?thumbprint=${thumbprint}`)).status).toBe(204);
});

attack('deep JSON', async () => {
  for (const depth of [limits.jsonDepth - 2, limits.jsonDepth + 1, 1_000_000, 10_000_000]) {
    const bodies = [`{"a":${'['.repeat(depth)}`, `{"Permissions":${'{"a":'.repeat(depth / 4)}`];
    if (depth < limits.jsonDepth)
      bodies.push(`{"Name":"x","Deep":${'['.repeat(depth)}${']'.repeat(depth)},"SecurityClearance":"ValidUser"}`);
    for (const body of bodies) expect((await client.ask('PUT', '/admin/certificates', { body })).status).toBe(500);
  }
});

/** A PFX file whose check of the passphrase takes so many rounds. */
function withRounds(file: string, rounds: number): string {
  const result = asn1js.fromBER(readFileSync(join(certs, file))).result;
  if (!(result instanceof asn1js.Sequence)) throw new Error(`${file} is no PFX file.`);
  const mac = result.valueBlock.value[2];
  if (!(mac instanceof asn1js.Sequence)) throw new Error(`${file} has no MAC.`);
  mac.valueBlock.value[2] = new asn1js.Integer({ value: rounds });
  return Buffer.from(result.toBER()).toString('base64');
}

attack('PFX files that ask for thousands of millions of rounds', async () => {
  const ask = (file: string) =>
    client.ask('PUT', '/admin/certificates', { body: put({ Certificate: file, Password: 'x' }) });
  const bombs = Array.from({ length: 20 }, () => ask(withRounds('alice.pfx', 1_000_000_000)));
  // Nearly the most that is worked off.
  for (const answer of await Promise.all([...bombs, ask(withRounds('alice.pfx', 499_999))])) {
    expect(answer.status).toBe(500);
    expect(answer.json()).toMatchObject({ Type: 'System.ArgumentException' });
  }
});

/** These take more than they may yet, so that they don't decide: `npm run torture` runs them. */
function openAttack(name: string, work: () => Promise<unknown>): void {
  if (process.env.ROBUST_ATTACKS === 'all') attack(name, work);
  else it.skip(name);
}

/** A database with documents of 5 MB. */
async function bigDocuments(count: number): Promise<string> {
  const databases = await client.ask('PUT', '/admin/databases', { body: { DatabaseName: 'Big' } });
  expect([201, 409]).toContain(databases.status);
  const body = JSON.stringify({ Text: 'x'.repeat(5_000_000) });
  for (let i = 0; i < count; i++)
    expect((await client.ask('PUT', `/databases/Big/docs?id=b${i}`, { body })).status).toBe(201);
  return '/databases/Big/docs';
}

openAttack('one document of 5 MB, 1,500 times in one answer', async () => {
  const docs = await bigDocuments(1);
  const enough = 50_000_000;
  const query = Array.from({ length: 1_500 }, () => 'id=b0').join('&');
  const ids = JSON.stringify({ Ids: Array.from({ length: 1_500 }, () => 'b0') });
  attackers.deafStreams(5, 16, `${docs}?${query}`);
  attackers.deafStreams(5, 16, `${docs}?${query}`, { 'accept-encoding': 'gzip' });
  const statuses = await Promise.all([
    takeSome(await attackers.socket(), `GET ${docs}?${query}`, '', enough),
    takeSome(await attackers.socket(), `GET ${docs}?${query}`, '', enough),
    takeSome(await attackers.socket(), `POST ${docs}`, ids, enough),
  ]);
  expect(statuses).toEqual([200, 200, 200]);
});

openAttack('documents of 5 MB that nobody takes', async () => {
  const docs = await bigDocuments(20);
  for (let i = 0; i < 20; i++) {
    attackers.deafStreams(2, 100, `${docs}?id=b${i}`);
    await attackers.deafSockets(2, 20, `${docs}?id=b${i}`);
  }
  attackers.deafStreams(5, 100, docs);
  expect((await client.ask('GET', `${docs}?id=b0`)).text.length).toBeGreaterThan(5_000_000);
});

openAttack('files of the console that nobody takes', async () => {
  const folder = join(project, 'dist/app/assets');
  const sizes = readdirSync(folder).map((name) => [statSync(join(folder, name)).size, name] as const);
  const [, largest = ''] = sizes.sort(([a], [b]) => b - a)[0] ?? [];
  attackers.deafStreams(250, 100, `/studio/assets/${largest}`);
  await attackers.deafSockets(100, 20, `/studio/assets/${largest}`);
  expect((await client.ask('GET', '/studio/icon.svg')).status).toBe(200);
});

openAttack('32 MB of small JSON values', async () => {
  const docs = await bigDocuments(0);
  for (const value of ['1,', '[],', '{},', '"",', '[1],', '{"a":1},']) {
    const body = `{"a":[${value.repeat((limits.bodyBytes - 10) / value.length)}1]}`;
    const ask = () => client.ask('PUT', `${docs}?id=many`, { body });
    for (const answer of await Promise.all([ask(), ask(), ask()])) expect([413, 503]).toContain(answer.status);
  }
  // As many as a document may well have.
  const list = Array.from({ length: 500_000 }, (_, i) => i);
  expect((await client.ask('PUT', `${docs}?id=many`, { body: { list } })).status).toBe(201);
});

openAttack('4,300 connections that say nothing, from one address and from several', async () => {
  const kept = await attackers.socket();
  for (let i = 0; i < 43; i++) {
    const some = attackers.halfOpen(100, `127.0.0.${i < 15 ? 1 : 2 + (i % 4)}`);
    const connecting = some.filter((socket) => socket.connecting);
    await Promise.all(connecting.map((socket) => once(socket, 'connect').catch(() => undefined)));
  }
  // Who was known before keeps the connection; somebody new gets in.
  const status = await takeSome(kept, 'GET /certificates/whoami', '', 1);
  expect(status).toBe(200);
  expect(await takeSome(await attackers.socket(), 'GET /certificates/whoami', '', 1)).toBe(200);
});
