import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { madeCertificate, newKey, setFile } from '../../src/server/spec-certificates.ts';
import type { Identity } from '../../src/server/spec-node.ts';
import { openClient, type Client } from './client.ts';
import { share } from './made-up.ts';
import { startNodeProcess, temporaryFolder, type NodeProcess } from './running-node.ts';

/** One thing that somebody does; `of` are places in the pool, of which the first heads a set. */
interface Deed {
  readonly who: 'operator' | 'admin';
  readonly what: 'upload' | 'edit' | 'delete' | 'purge';
  readonly of: readonly number[];
  readonly level: 'ValidUser' | 'Operator' | 'ClusterAdmin' | 'ClusterNode';
  readonly disabled: boolean | undefined;
  readonly key: 'keep' | 'set' | 'remove';
}

/** Certificates that are uploaded, two for each key; the operator's own come first, then an admin's. */
const poolSize = 12;
const own = [0, 1];
const guarded = [2, 3];

const deed: fc.Arbitrary<Deed> = fc.record({
  who: fc.constantFrom('operator' as const, 'operator' as const, 'admin' as const),
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constant('upload' as const) },
    { weight: 3, arbitrary: fc.constant('edit' as const) },
    { weight: 1, arbitrary: fc.constantFrom('delete' as const, 'purge' as const) },
  ),
  of: fc.uniqueArray(fc.integer({ min: 0, max: poolSize - 1 }), { minLength: 1, maxLength: 4 }),
  level: fc.constantFrom('ValidUser' as const, 'Operator' as const, 'ClusterAdmin' as const, 'ClusterNode' as const),
  disabled: fc.constantFrom(undefined, undefined, true, false),
  key: fc.constantFrom('keep' as const, 'keep' as const, 'set' as const, 'remove' as const),
});

interface Listed {
  readonly Name: string;
  readonly Thumbprint: string;
  readonly SecurityClearance: string;
  readonly CollectionPrimaryKey: string;
  readonly CollectionSecondaryKeys: readonly string[];
  readonly Disabled: boolean;
  readonly HasTwoFactor?: boolean;
}

const folder = temporaryFolder();
let node: NodeProcess;
let pool: Identity[];
let server: Client;
let operator: Client;
beforeAll(async () => {
  node = await startNodeProcess(folder.path);
  const keys = await Promise.all(Array.from({ length: poolSize / 2 }, newKey));
  pool = await Promise.all(
    keys.flatMap((key, at) => [0, 1].map((n) => madeCertificate({ name: `${at} ${n}`, key, ends: 2 + n }))),
  );
  server = openClient(node);
  for (const [at, level] of [
    [own[0], 'Operator'],
    [guarded[0], 'ClusterAdmin'],
  ] as const) {
    const body = { Name: level, Certificate: at === undefined ? '' : pool[at]?.der, SecurityClearance: level };
    expect((await server.ask('PUT', '/admin/certificates', { body })).status).toBe(201);
  }
  operator = openClient(node, 1, pool[own[0] ?? 0]?.pem);
});
afterAll(async () => {
  server.close();
  operator.close();
  expect(node.output()).not.toMatch(/Unexpected|Unhandled/i);
  expect(await node.stop()).toBe(0);
  folder.remove();
});

async function list(): Promise<Listed[]> {
  const headers = { 'raven-studio-version': '7' };
  const answer = await server.ask('GET', '/admin/certificates?secondary=true&metadataOnly=true', { headers });
  return answer.json<{ Results: Listed[] }>().Results;
}

async function act({ who, what, of, level, disabled, key }: Deed): Promise<number> {
  const client = who === 'admin' ? server : operator;
  const [first, ...others] = of.flatMap((at) => pool[at] ?? []);
  if (first === undefined) throw new Error('There is one at least.');
  const body = {
    ...{ Name: level, SecurityClearance: level, Permissions: {} },
    ...(disabled === undefined ? {} : { Disabled: disabled }),
    ...(key === 'set' ? { TwoFactorAuthenticationKey: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' } : {}),
  };
  const at = '/admin/certificates';
  switch (what) {
    case 'upload': {
      const Certificate = others.length === 0 ? first.der : await setFile(first, ...others);
      return (await client.ask('PUT', at, { body: { ...body, Certificate } })).status;
    }
    case 'edit': {
      const query = key === 'remove' ? '?deleteTwoFactorConfiguration=true' : '';
      const edited = { ...body, Thumbprint: first.thumbprint };
      return (await client.ask('POST', `${at}/edit${query}`, { body: edited })).status;
    }
    case 'delete':
      return (await client.ask('DELETE', `${at}?thumbprint=${first.thumbprint}`)).status;
    case 'purge':
      return (await client.ask('DELETE', `${at}/purge`)).status;
  }
}

const isAdmin = ({ SecurityClearance: level }: Listed) => level === 'ClusterAdmin' || level === 'ClusterNode';

/** A set is one entry: its links are known on both sides, and all of it has the same rights. */
function expectWhole(all: readonly Listed[]): void {
  for (const entry of all) {
    const members = all.filter(({ CollectionPrimaryKey: primary }) => primary === entry.Thumbprint);
    expect([...entry.CollectionSecondaryKeys].sort()).toEqual(members.map((m) => m.Thumbprint).sort());
    for (const { Name, SecurityClearance, Disabled, HasTwoFactor } of members)
      expect({ Name, SecurityClearance, Disabled, HasTwoFactor }).toEqual({
        ...{ Name: entry.Name, SecurityClearance: entry.SecurityClearance },
        ...{ Disabled: entry.Disabled, HasTwoFactor: entry.HasTwoFactor },
      });
  }
}

it('sets: whatever an operator does, no admin changes, nobody becomes one, and each set stays whole', async () => {
  const done = { ok: 0, refused: 0 };
  let before = await list();
  await fc.assert(
    fc.asyncProperty(deed, async (made) => {
      // Whom an admin gives what is the admin's business, but for the operator's own.
      if (made.who === 'admin' && made.of.some((at) => [...own, ...guarded].includes(at)) && made.what !== 'upload')
        return;
      if (made.who === 'admin' && made.of.length === 1 && [...own, ...guarded].includes(made.of[0] ?? 0)) return;
      const status = await act(made);
      expect([201, 204, 500]).toContain(status);
      done[status === 500 ? 'refused' : 'ok']++;
      const after = await list();
      expectWhole(after);
      const admins = (all: readonly Listed[]) => all.filter(isAdmin);
      if (made.who === 'operator') expect(admins(after)).toEqual(admins(before));
      for (const at of own)
        expect(after.filter(({ Thumbprint }) => Thumbprint === pool[at]?.thumbprint).filter(isAdmin)).toEqual([]);
      const still = after.find(({ Thumbprint }) => Thumbprint === pool[guarded[0] ?? 0]?.thumbprint);
      expect(still).toMatchObject({ SecurityClearance: 'ClusterAdmin', Disabled: false, CollectionPrimaryKey: '' });
      before = after;
    }),
    // A failure depends on what was done before it: the seed does all of it again, smaller inputs wouldn't.
    { ...share(0.03), endOnFailure: true },
  );
  expect(Math.min(done.ok, done.refused)).toBeGreaterThan(0);
});
