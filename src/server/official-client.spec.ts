import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  CreateClientCertificateOperation,
  DeleteCertificateOperation,
  DocumentStore,
  EditClientCertificateOperation,
  GetCertificateOperation,
  GetCertificatesMetadataOperation,
  GetCertificatesOperation,
  GetDatabaseRecordOperation,
  GetStatisticsOperation,
  NextIdentityForOperation,
  PutClientCertificateOperation,
  ToggleDatabasesStateOperation,
  type DatabaseAccess,
  type IDocumentSession,
  type SecurityClearance,
} from 'ravendb';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificate, certificateFile, codeOf, startSpecNode, type SpecNode } from './spec-node.ts';

/** RavenDB's own client for Node, as people use it, against the embedded node. */
let spec: SpecNode;
let ca: Buffer;
const stores: DocumentStore[] = [];
const database = 'Orders';

/** @param pem key and certificate; the client reads `RSA PRIVATE KEY` only */
function storeOf(pem: string, name: string = database): DocumentStore {
  const store = new DocumentStore(spec.node.url, name, { type: 'pem', certificate: pem, ca });
  store.initialize();
  stores.push(store);
  return store;
}

beforeAll(async () => {
  spec = await startSpecNode();
  ca = readFileSync(spec.node.identity.ca);
  const body = { DatabaseName: database, Settings: {}, Disabled: false };
  expect((await spec.ask('PUT', `/admin/databases?name=${database}`, { body })).status).toBe(201);
});
afterAll(async () => {
  for (const store of stores) store.dispose();
  await spec.close();
});

const admin = () => storeOf(spec.admin.pem).maintenance.server;

describe('certificates', () => {
  const clearances: SecurityClearance[] = ['ClusterAdmin', 'ClusterNode', 'Operator', 'ValidUser'];
  const levels: DatabaseAccess[] = ['ReadWrite', 'Admin', 'Read'];

  it.each(clearances)('puts, reads, edits and deletes one with clearance %s', async (clearance) => {
    const server = admin();
    const alice = certificate('alice');
    const permissions = { [database]: 'ReadWrite' as DatabaseAccess };
    await server.send(new PutClientCertificateOperation('alice', alice.der, permissions, clearance));
    const read = await server.send(new GetCertificateOperation(alice.thumbprint));
    expect(read).toMatchObject({ name: 'alice', securityClearance: clearance, thumbprint: alice.thumbprint });
    expect(read.notAfter).toEqual(new Date('2056-01-01T00:00:00Z'));
    await server.send(
      new EditClientCertificateOperation({
        thumbprint: alice.thumbprint,
        name: 'alice two',
        permissions: { [database]: 'Admin' },
        clearance,
      }),
    );
    const metadata = await server.send(new GetCertificatesMetadataOperation('alice two'));
    expect(metadata.map((found) => found.thumbprint)).toEqual([alice.thumbprint]);
    expect(Object.values(metadata[0]?.permissions ?? {})).toEqual(['Admin']);
    await server.send(new DeleteCertificateOperation(alice.thumbprint));
    expect(await server.send(new GetCertificateOperation(alice.thumbprint))).toBeUndefined();
  });

  it.each(levels)('puts one with access %s', async (level) => {
    const server = admin();
    const bob = certificate('bob');
    await server.send(new PutClientCertificateOperation('bob', bob.der, { [database]: level }, 'ValidUser'));
    const all = await server.send(new GetCertificatesOperation(0, 100));
    const found = all.find(({ thumbprint }) => thumbprint === bob.thumbprint);
    expect(Object.values(found?.permissions ?? {})).toEqual([level]);
    await server.send(new DeleteCertificateOperation(bob.thumbprint));
  });

  it('refuses an Operator what the node closes: the key of a second factor, and an upload over an admin', async () => {
    const server = admin();
    const operator = certificate('rsa1');
    const alice = certificate('alice');
    const key = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    await server.send(new PutClientCertificateOperation('operator', operator.der, {}, 'Operator'));
    await server.send(new PutClientCertificateOperation('alice', alice.der, {}, 'ClusterAdmin', key));
    const asOperator = storeOf(pkcs1(operator.pem)).maintenance.server;
    const read = await asOperator.send(new GetCertificateOperation(alice.thumbprint));
    expect(JSON.stringify(read)).not.toContain(key);
    const over = new PutClientCertificateOperation('alice', alice.der, {}, 'ValidUser');
    await expect(asOperator.send(over)).rejects.toThrow(/higher clearance/);
    expect((await spec.ask('GET', '/admin/certificates/mode', { as: alice })).status).toBe(428);
    const login = { as: alice, body: { Token: await codeOf(key) } };
    expect((await spec.ask('POST', '/authentication/2fa', login)).status).toBe(202);
    for (const { thumbprint } of [operator, alice]) await server.send(new DeleteCertificateOperation(thumbprint));
  });

  it('is told why in the words of the server', async () => {
    const server = admin();
    const put = new PutClientCertificateOperation('x', certificateFile('two.p7b'), {}, 'ValidUser');
    await expect(server.send(put)).rejects.toThrow(/Unable to load the provided certificate/);
  });
});

describe('access to a database', () => {
  /** A new certificate from the node itself, as the client gets it. */
  async function generated(level: DatabaseAccess): Promise<DocumentStore> {
    const operation = new CreateClientCertificateOperation(`user ${level}`, { [database]: level }, 'ValidUser');
    const { rawData } = await admin().send(operation);
    const files = Object.entries(unzipSync(new Uint8Array(rawData)));
    const text = (end: string) => new TextDecoder().decode(files.find(([name]) => name.endsWith(end))?.[1]);
    return storeOf(`${text('.key')}\n${text('.crt')}\n`);
  }
  const write = async (store: DocumentStore, id: string) => {
    const session = store.openSession();
    await session.store({ name: 'x' }, id);
    await session.saveChanges();
  };

  it('Read reads and does not write', async () => {
    const reader = await generated('Read');
    await write(storeOf(spec.admin.pem), 'orders/1');
    expect(await reader.openSession().load('orders/1')).toMatchObject({ name: 'x' });
    await expect(write(reader, 'orders/2')).rejects.toThrow();
    expect(await storeOf(spec.admin.pem).openSession().load('orders/2')).toBeNull();
  }, 60_000);

  it('ReadWrite does both and administers nothing', async () => {
    const writer = await generated('ReadWrite');
    await write(writer, 'orders/3');
    const { countOfDocuments } = await writer.maintenance.send(new GetStatisticsOperation());
    expect(countOfDocuments).toBeGreaterThan(0);
    const state = await asClient(writer);
    expect(state).toBe(403);
  }, 60_000);

  it('Admin administers it, and no other', async () => {
    const owner = await generated('Admin');
    await write(owner, 'orders/4');
    expect(await asClient(owner)).toBe(200);
    await expect(write(storeOf(pemOf(owner), 'Other'), 'x')).rejects.toThrow();
  }, 60_000);

  /** The status of a route for admins of the database, asked with the store's certificate. */
  async function asClient(store: DocumentStore): Promise<number> {
    const pem = pemOf(store);
    const as = { pem, thumbprint: '', der: '' };
    return (await spec.ask('GET', `/databases/${database}/admin/tombstones/state`, { as })).status;
  }
});

describe('documents', () => {
  const open = () => storeOf(spec.admin.pem).openSession();
  async function save(id: string, name: string, changeVector?: string): Promise<IDocumentSession> {
    const session = open();
    const entity = { name };
    if (changeVector === undefined) await session.store(entity, id);
    else await session.store(entity, id, { changeVector });
    await session.saveChanges();
    return session;
  }
  const nameOf = async (id: string) => (await open().load<{ name: string }>(id))?.name;

  it('of another are not overwritten by who asks for that', async () => {
    await save('optimistic/1', 'first');
    const session = open();
    session.advanced.useOptimisticConcurrency = true;
    const mine = await session.load<{ name: string }>('optimistic/1');
    await save('optimistic/1', 'another');
    if (mine !== null) mine.name = 'mine';
    await expect(session.saveChanges()).rejects.toMatchObject({ name: 'ConcurrencyException' });
    await expect(save('optimistic/1', 'new', '')).rejects.toMatchObject({ name: 'ConcurrencyException' });
    expect(await nameOf('optimistic/1')).toBe('another');
    await save('optimistic/2', 'new', '');
  });

  it('are loaded by the beginning of their ids, and asked for', async () => {
    for (const id of ['page/1', 'page/2', 'page/10']) await save(id, id);
    const names = async (options: object) =>
      (await open().advanced.loadStartingWith<{ name: string }>('page/', options)).map(({ name }) => name);
    expect(await names({})).toEqual(['page/1', 'page/10', 'page/2']);
    expect(await names({ matches: '1*', start: 1, pageSize: 5 })).toEqual(['page/10']);
    expect(await names({ exclude: '1*' })).toEqual(['page/2']);
    expect(await open().advanced.exists('page/1')).toBe(true);
    expect(await open().advanced.exists('page/none')).toBe(false);
  });

  it('are numbered by the server', async () => {
    const session = open();
    const bill = { name: 'bill' };
    await session.store(bill, 'bills|');
    await session.saveChanges();
    expect(session.advanced.getDocumentId(bill)).toBe('bills/1');
    expect(await storeOf(spec.admin.pem).maintenance.send(new NextIdentityForOperation('bills|'))).toBe(2);
  });

  it('come with those that they name', async () => {
    await save('friends/1', 'friend');
    const saving = open();
    await saving.store({ name: 'x', friend: 'friends/1' }, 'friends/of');
    await saving.saveChanges();
    const session = open();
    await session.include('friend').load('friends/of');
    expect(await session.load('friends/1')).toMatchObject({ name: 'friend' });
    expect(session.advanced.numberOfRequests).toBe(1);
  });

  it('are kept, and not queried, patched or given attachments: that is said', async () => {
    await save('plain/1', 'x');
    await expect(open().query({ collection: 'Plain' }).all()).rejects.toThrow(/This server has no queries:/);
    const patching = open();
    patching.advanced.increment('plain/1', 'count', 1);
    await expect(patching.saveChanges()).rejects.toThrow(/This server has no patches:/);
    const attaching = open();
    attaching.advanced.attachments.store('plain/1', 'a.txt', Buffer.from('--bytes'));
    await expect(attaching.saveChanges()).rejects.toThrow(/This server has no attachments:/);
  });
});

describe('a database', () => {
  const load = (name: string) => storeOf(spec.admin.pem, name).openSession().load('x');

  it('that is missing is said to be', async () => {
    await expect(load('Missing')).rejects.toMatchObject({ name: 'DatabaseDoesNotExistException' });
  });

  it('refuses while it is disabled, and its record has an etag', async () => {
    await spec.ask('PUT', '/admin/databases?name=States', { body: { DatabaseName: 'States' } });
    const before = await admin().send(new GetDatabaseRecordOperation('States'));
    await admin().send(new ToggleDatabasesStateOperation('States', true));
    await expect(load('States')).rejects.toMatchObject({ name: 'DatabaseDisabledException' });
    const after = await admin().send(new GetDatabaseRecordOperation('States'));
    expect(after.etag).toBeGreaterThan(before.etag);
    await admin().send(new ToggleDatabasesStateOperation('States', false));
    expect(await load('States')).toBeNull();
  });
});

function pemOf(store: DocumentStore): string {
  return String(store.authOptions.certificate);
}

/** The recordings' RSA key as PKCS#1, the only form that the client knows. */
function pkcs1(pem: string): string {
  const key = createPrivateKey(pem).export({ type: 'pkcs1', format: 'pem' }).toString();
  return key + pem.slice(pem.indexOf('-----BEGIN CERTIFICATE-----'));
}
