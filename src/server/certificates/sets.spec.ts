import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peerCertificate } from '../auth/peer-certificate.ts';
import { madeCertificate, newKey, setFile } from '../spec-certificates.ts';
import { openHttp2 } from '../spec-http2.ts';
import { codeOf, entryOf, startSpecNode, temporaryFolder, type Identity, type SpecNode } from '../spec-node.ts';
import { Store } from '../store/store.ts';
import { CertificateTable } from './certificate-table.ts';
import { blankDefinition, clearance, type Definition } from './definition.ts';

const certificates = '/admin/certificates';
const operatorsOnly = `${certificates}?pageSize=0&metadataOnly=true`;
const adminsOnly = `${certificates}/mode`;

/** Sets as they are in a folder that was written otherwise: as RavenDB, or by hand. */
const mixed = ['edited', 'disabled', 'deleted', 'uploaded', 'purged'] as const;
type Mixed = Record<(typeof mixed)[number], { user: Identity; admin: Identity }>;
let foreign: Mixed;
let spec: SpecNode;
let operator: Identity;
const folder = temporaryFolder();

const made = async (name: string, more: { begins?: number; ends?: number } = {}) =>
  madeCertificate({ name, key: await newKey(), ...more });

/** A user's entry with an admin as its secondary. The user of `purged` has expired. */
async function writeMixed(): Promise<Mixed> {
  const store = new Store(join(folder.path, 'store'));
  const table = new CertificateTable(store);
  const put = async (identity: Identity, more: Partial<Definition>) => {
    const { der, thumbprint, pinningHash, notBefore, notAfter } = peerCertificate(Buffer.from(identity.der, 'base64'));
    const facts = { name: 'mixed', thumbprint, pinningHash, notBefore, notAfter, clearance: clearance.validUser };
    await store.write((transaction) => table.put(transaction, { ...blankDefinition, ...facts, ...more }, der));
  };
  const pairs = await Promise.all(
    mixed.map(async (name) => {
      const user = await made('user', name === 'purged' ? { begins: -3, ends: -1 } : {});
      const admin = await made('admin');
      await put(user, { secondaries: [admin.thumbprint] });
      await put(admin, { primary: user.thumbprint, clearance: clearance.clusterAdmin });
      return [name, { user, admin }] as const;
    }),
  );
  await store.close();
  return Object.fromEntries(pairs) as Mixed; // of all names
}

beforeAll(async () => {
  foreign = await writeMixed();
  spec = await startSpecNode({ dataDir: folder.path });
  operator = await made('operator');
  expect(await put([operator], 'Operator')).toBe(201);
});
afterAll(async () => {
  await spec.close();
  folder.remove();
});

/** Uploads one or several, the first of them the primary. */
async function put(
  set: readonly [Identity, ...Identity[]],
  level: string,
  { as, ...more }: { as?: Identity } & Record<string, unknown> = {},
): Promise<number> {
  const [first, ...others] = set;
  const file = others.length === 0 ? first.der : await setFile(first, ...others);
  const body = { Name: 'set', Certificate: file, SecurityClearance: level, Permissions: {}, ...more };
  return (await spec.ask('PUT', certificates, { body, ...(as === undefined ? {} : { as }) })).status;
}
async function edit(of: Identity, change: object, as?: Identity, query = ''): Promise<number> {
  const body = { Thumbprint: of.thumbprint, Name: 'set', SecurityClearance: 'ValidUser', Permissions: {}, ...change };
  return (await spec.ask('POST', `${certificates}/edit${query}`, { body, ...(as === undefined ? {} : { as }) })).status;
}
const remove = async (of: Identity, as?: Identity) =>
  (await spec.ask('DELETE', `${certificates}?thumbprint=${of.thumbprint}`, as === undefined ? {} : { as })).status;
const status = async (as: Identity, path = operatorsOnly) => (await spec.ask('GET', path, { as })).status;
const statuses = (all: readonly Identity[], path?: string) => Promise.all(all.map((one) => status(one, path)));
async function http2Status(as: Identity, path = operatorsOnly): Promise<number> {
  const connection = openHttp2(spec.node, as);
  try {
    return (await connection.ask('GET', path)).status;
  } finally {
    connection.close();
  }
}
const three = () => Promise.all([made('one'), made('two'), made('three')] as const);
const secret = async () => (await spec.ask('GET', `${certificates}/2fa/generate`)).json<{ Secret: string }>().Secret;
/** An entry as it is stored, by itself, also of a secondary. */
async function stored(of: Identity): Promise<Record<string, unknown>> {
  const list = await spec.ask('GET', `${certificates}?secondary=true`);
  const found = list.json<{ Results: Record<string, unknown>[] }>().Results.find((e) => e.Thumbprint === of.thumbprint);
  return found ?? {};
}

describe('the second factor of a set', () => {
  it.each([
    ['the primary', 0],
    ['a secondary', 1],
  ])('reaches all of it by an edit of %s, and leaves all of it', async (_name, edited) => {
    const set = await three();
    const target = set[edited] ?? set[0];
    expect(await put(set, 'Operator')).toBe(201);
    expect(await statuses(set)).toEqual([200, 200, 200]);
    const key = await secret();
    expect(await edit(target, { SecurityClearance: 'Operator', TwoFactorAuthenticationKey: key })).toBe(201);
    expect(await statuses(set)).toEqual([428, 428, 428]);
    for (const member of set) expect(await http2Status(member)).toBe(428);
    // Each by its own session.
    const [, second, third] = set;
    const code = { body: { Token: await codeOf(key) } };
    expect((await spec.ask('POST', '/authentication/2fa?hasLimits=false', { as: second, ...code })).status).toBe(202);
    expect(await statuses([second, third])).toEqual([200, 428]);
    // What an edit doesn't name stays; what it takes away goes everywhere.
    expect(await edit(target, { SecurityClearance: 'Operator' })).toBe(201);
    expect(await status(third)).toBe(428);
    expect(await edit(target, { SecurityClearance: 'Operator' }, undefined, '?deleteTwoFactorConfiguration=true')).toBe(
      201,
    );
    expect(await statuses(set)).toEqual([200, 200, 200]);
  });
});

describe('the rights of a set', () => {
  it('are one, by whichever of it they are edited', async () => {
    const set = await three();
    expect(await put(set, 'Operator')).toBe(201);
    for (const [target, level, expected] of [
      [set[2], 'ValidUser', 403],
      [set[0], 'Operator', 200],
      [set[1], 'ClusterAdmin', 200],
    ] as const) {
      expect(await edit(target, { SecurityClearance: level, Name: level })).toBe(201);
      expect(await statuses(set)).toEqual([expected, expected, expected]);
      for (const member of set) expect(await stored(member)).toMatchObject({ Name: level, SecurityClearance: level });
    }
    expect(await edit(set[1], { Name: 'ClusterAdmin', SecurityClearance: 'ClusterAdmin', Disabled: true })).toBe(201);
    expect(await statuses(set)).toEqual([403, 403, 403]);
    const history = await spec.ask('GET', `${certificates}/history?thumbprint=${set[2].thumbprint}&pageSize=1`);
    expect(history.json()).toMatchObject({ Results: [{ Action: 'Edit', Changes: ['Disabled'] }] });
  });

  it('change with the same set again, and with nothing less', async () => {
    const set = await three();
    const [one, two, last] = set;
    expect(await put(set, 'Operator')).toBe(201);
    expect(await put([two, last, one], 'ValidUser')).toBe(201);
    expect(await statuses(set)).toEqual([403, 403, 403]);
    expect(await stored(two)).toMatchObject({ CollectionSecondaryKeys: [last.thumbprint, one.thumbprint] });
    expect(await put([one, two], 'Operator')).toBe(500);
    expect(await put([one, two, last, await made('four')], 'Operator')).toBe(500);
    expect(await statuses(set)).toEqual([403, 403, 403]);
  });

  it.each([
    ['the primary', 0],
    ['a secondary', 1],
  ])('stay what they are when %s is uploaded alone with others', async (_name, alone) => {
    const set = await three();
    expect(await put(set, 'ValidUser')).toBe(201);
    const leaving = set[alone] ?? set[0];
    // Nothing changes: it stays where it is.
    expect(await put([leaving], 'ValidUser')).toBe(201);
    expect((await stored(set[0])).CollectionSecondaryKeys).toHaveLength(2);
    expect(await put([leaving], 'ClusterAdmin')).toBe(201);
    const left = set.filter((member) => member !== leaving);
    expect(await statuses(left)).toEqual([403, 403]);
    expect(await status(leaving, adminsOnly)).toBe(200);
    expect(await stored(leaving)).toMatchObject({ CollectionPrimaryKey: '', CollectionSecondaryKeys: [] });
    const [head, other] = left;
    if (head === undefined || other === undefined) throw new Error('Two are left.');
    expect(await stored(head)).toMatchObject({ CollectionPrimaryKey: '', CollectionSecondaryKeys: [other.thumbprint] });
    expect(await stored(other)).toMatchObject({ CollectionPrimaryKey: head.thumbprint });
    expect(await remove(head, operator)).toBe(204);
    expect([await entryOf(spec, other), (await stored(leaving)).SecurityClearance]).toEqual([
      undefined,
      'ClusterAdmin',
    ]);
  });
});

describe('an upload beside others', () => {
  it("doesn't take in who is registered, nor another certificate with that one's key", async () => {
    const key = await newKey();
    const own = await madeCertificate({ name: 'own', key });
    const twin = await madeCertificate({ name: 'twin', key });
    expect(await put([own], 'Operator')).toBe(201);
    const newcomer = await made('newcomer');
    for (const by of [own, spec.admin])
      for (const set of [
        [own, newcomer],
        [newcomer, own],
        [newcomer, twin],
      ] as const)
        for (const level of ['ValidUser', 'Operator']) expect(await put(set, level, { as: by })).toBe(500);
    const connection = openHttp2(spec.node, own);
    const body = {
      Name: 'set',
      Certificate: await setFile(newcomer, own),
      SecurityClearance: 'Operator',
      Permissions: {},
    };
    expect(await connection.ask('PUT', certificates, body)).toMatchObject({ status: 500 });
    connection.close();
    // What the admin then does for the newcomer is for the newcomer alone.
    expect(await put([newcomer], 'ClusterAdmin')).toBe(201);
    expect(await statuses([newcomer, own, twin], adminsOnly)).toEqual([200, 403, 403]);
    expect(await stored(own)).toMatchObject({ SecurityClearance: 'Operator', CollectionPrimaryKey: '' });
  });

  it('takes in new certificates with registered keys that may the same already', async () => {
    const keys = await Promise.all([newKey(), newKey()]);
    const [one, two] = await Promise.all(keys.map((key) => madeCertificate({ name: 'old', key })));
    const [next, after] = await Promise.all(keys.map((key) => madeCertificate({ name: 'next', key, ends: 5 })));
    if (!one || !two || !next || !after) throw new Error('There are four.');
    expect(await put([one, two], 'Operator')).toBe(201);
    expect(await put([next, after], 'ClusterAdmin')).toBe(500);
    expect(await put([next, after], 'Operator')).toBe(201);
    expect(await statuses([one, two, next, after])).toEqual([200, 200, 200, 200]);
  });
});

describe('an Operator and an entry with an admin in it', () => {
  const kept = async ({ user, admin }: Mixed['edited']) => {
    expect(await status(admin, adminsOnly)).toBe(200);
    expect(await stored(user)).toMatchObject({ SecurityClearance: 'ValidUser', Disabled: false, Name: 'mixed' });
    expect(await stored(admin)).toMatchObject({ SecurityClearance: 'ClusterAdmin', Disabled: false, Name: 'mixed' });
  };

  it('edits none of it; a cluster admin makes it one', async () => {
    const { user, admin } = foreign.edited;
    for (const member of [user, admin])
      for (const change of [{}, { SecurityClearance: 'Operator' }, { TwoFactorAuthenticationKey: await secret() }])
        expect(await edit(member, change, operator)).toBe(500);
    await kept(foreign.edited);
    expect(await edit(user, {})).toBe(201);
    expect(await statuses([user, admin], adminsOnly)).toEqual([403, 403]);
  });

  it('disables none of it; nobody the one in use', async () => {
    const { user, admin } = foreign.disabled;
    for (const member of [user, admin]) {
      expect(await edit(member, { Disabled: true }, operator)).toBe(500);
      expect(await edit(member, { SecurityClearance: 'ClusterAdmin', Disabled: true }, admin)).toBe(500);
    }
    await kept(foreign.disabled);
  });

  it('deletes none of it; nobody the one in use', async () => {
    const { user, admin } = foreign.deleted;
    expect(await remove(user, operator)).toBe(500);
    expect(await remove(user, admin)).toBe(500);
    await kept(foreign.deleted);
    expect(await remove(user)).toBe(204);
    expect(await statuses([user, admin], adminsOnly)).toEqual([403, 403]);
  });

  it('uploads nothing over it, nor with its keys', async () => {
    const { user, admin } = foreign.uploaded;
    const sibling = await madeCertificate({ name: 'sibling', key: await newKey() });
    for (const set of [[user], [admin], [user, admin], [sibling, user]] as const)
      expect(await put(set, 'ValidUser', { as: operator })).toBe(500);
    const key = await newKey();
    expect(await put([await madeCertificate({ name: 'admin', key })], 'ClusterAdmin')).toBe(201);
    const next = await madeCertificate({ name: 'next', key, ends: 9 });
    expect(await put([next], 'ValidUser', { as: operator })).toBe(500);
    expect(await status(next, adminsOnly)).toBe(200);
    await kept(foreign.uploaded);
  });

  it('purges none of it, and nobody what has not expired', async () => {
    const purge = async (as?: Identity) =>
      (await spec.ask('DELETE', `${certificates}/purge`, as === undefined ? {} : { as })).status;
    const over = { begins: -9, ends: -1 };
    const ended = await Promise.all([made('one', over), made('two', over)] as const);
    const alone = await made('alone', over);
    expect(await put(ended, 'ClusterAdmin')).toBe(201);
    expect(await put([alone], 'ValidUser')).toBe(201);
    expect(await purge(operator)).toBe(204);
    expect(await entryOf(spec, alone)).toBeUndefined();
    for (const member of ended) expect(await stored(member)).toMatchObject({ SecurityClearance: 'ClusterAdmin' });
    await kept(foreign.purged);
    expect(await purge()).toBe(204);
    for (const member of ended) expect(await stored(member)).toEqual({});
    await kept(foreign.purged);
  });
});

it("an Operator leaves a single sign-on server's usage alone", async () => {
  const key = await newKey();
  const gate = await madeCertificate({ name: 'gate', key });
  const next = await madeCertificate({ name: 'gate', key, ends: 9 });
  expect(await put([gate], 'ValidUser', { Usage: 'SsoServer' })).toBe(201);
  for (const [set, more] of [
    [[gate], {}],
    [[gate], { Usage: 'Client' }],
    [[gate], { Usage: 'SsoServer' }],
    [[next], {}],
    [[await made('other'), gate], {}],
  ] as const)
    expect(await put(set, 'ValidUser', { as: operator, ...more })).toBe(500);
  expect(await edit(gate, {}, operator)).toBe(500);
  expect(await stored(gate)).toMatchObject({ Usage: 'SsoServer', Name: 'set' });
  expect(await stored(next)).toEqual({});
});
