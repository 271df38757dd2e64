import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePfx } from '../../pki/write-pfx.ts';
import { generalized, newKey, oddCertificate, utc, type WrittenTime } from '../certificate-harness.ts';
import { startSpecNode, temporaryFolder, type Identity, type SpecNode } from '../spec-node.ts';
import { Store } from '../store/store.ts';
import { unreadableName } from './stored-definition.ts';

const list = '/admin/certificates?metadataOnly=true&secondary=true';
interface Listed {
  readonly Name: string;
  readonly Thumbprint: string;
  readonly NotAfter: string | null;
  readonly Disabled: boolean;
}
const listed = async (spec: SpecNode): Promise<Listed[]> => {
  const answer = await spec.ask('GET', list);
  expect(answer.status).toBe(200);
  return answer.json<{ Results: Listed[] }>().Results;
};
const put = (spec: SpecNode, file: string, as?: Identity) =>
  spec.ask('PUT', '/admin/certificates', {
    ...(as === undefined ? {} : { as }),
    body: { Name: 'odd', Certificate: file, SecurityClearance: 'ValidUser', Permissions: {} },
  });
const pfxOf = async (...members: readonly { readonly der: string }[]) => {
  const certificates = members.map(({ der }) => Buffer.from(der, 'base64'));
  return Buffer.from(await writePfx({ certificates, encryption: 'compatible' })).toString('base64');
};

/** Resolves to the status of an answer over HTTP/2, or what ended the connection. */
function overHttp2(spec: SpecNode, as: Identity, path: string): Promise<number | 'closed'> {
  return new Promise((resolve) => {
    const ca = readFileSync(spec.node.identity.ca, 'utf8');
    const session = connect(spec.node.url, { ca, cert: as.pem, key: as.pem });
    const done = (result: number | 'closed') => {
      resolve(result);
      session.destroy();
    };
    session.on('error', () => done('closed'));
    session.on('close', () => done('closed'));
    const stream = session.request({ ':path': path });
    stream.on('error', () => done('closed'));
    stream.on('response', (fields) => done(Number(fields[':status'])));
  });
}
const overHttp1 = (spec: SpecNode, as: Identity, path: string): Promise<number | 'closed'> =>
  spec.ask('GET', path, { as }).then(
    ({ status }) => status,
    () => 'closed',
  );

const dates: readonly [string, WrittenTime][] = [
  ['month 13', utc('361301000000Z')],
  ['letters', utc('36AB01000000Z')],
  ['no zone', utc('360101000000')],
  ['30 February', utc('360230000000Z')],
  ['a second 60', utc('360101000060Z')],
  ['nothing', utc('')],
  ['an offset', utc('360101000000+0100')],
  ['no seconds', utc('3601010000Z')],
  ['year 0', generalized('00000101000000Z')],
  ['local time', generalized('20360101000000')],
  ['a fraction', generalized('20360101000000.5Z')],
  ['an offset of four digits', generalized('20360101000000+0100')],
];

const wellKnown = oddCertificate({ notAfter: utc('361301000000Z') });
let spec: SpecNode;
let operator: Identity;
beforeAll(async () => {
  spec = await startSpecNode({ settings: { 'Security.WellKnownCertificates.Admin': wellKnown.thumbprint } });
  operator = await spec.register('bob', 'Operator');
});
afterAll(() => spec.close());

describe('a certificate whose dates RavenDB can’t read is not registered', () => {
  it.each(dates)('%s', async (_what, date) => {
    const before = await listed(spec);
    for (const odd of [oddCertificate({ notAfter: date }), oddCertificate({ notBefore: date })])
      for (const file of [odd.der, Buffer.from(odd.pem).toString('base64')]) {
        const answer = await put(spec, file, operator);
        expect([answer.status, answer.json()]).toMatchObject([500, { Type: 'System.InvalidOperationException' }]);
      }
    expect(await listed(spec)).toEqual(before);
  });

  it('nor as one of a set', async () => {
    const before = await listed(spec);
    const [good, bad] = [oddCertificate(), oddCertificate({ notAfter: utc('361301000000Z') })];
    for (const members of [
      [good, bad],
      [bad, good],
    ]) {
      const answer = await put(spec, await pfxOf(...members));
      expect([answer.status, answer.json()]).toMatchObject([500, { Type: 'System.InvalidOperationException' }]);
    }
    expect(await listed(spec)).toEqual(before);
  });

  it('nor by a file of the field', async () => {
    const folder = new URL('../../pki/samples/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.startsWith('poison-date-'));
    expect(files.length).toBeGreaterThan(2);
    for (const name of files)
      expect((await put(spec, readFileSync(new URL(name, folder)).toString('base64'))).status, name).toBe(500);
    await listed(spec);
  });
});

describe('a connection that shows one is closed', () => {
  it.each(dates)('%s, with the key of a registered one', async (_what, date) => {
    const key = newKey();
    const known = oddCertificate({ key });
    expect((await put(spec, known.der)).status).toBe(201);
    const before = await listed(spec);
    for (const odd of [{ notAfter: date }, { notBefore: date }])
      for (const ask of [overHttp1, overHttp2])
        for (const path of ['/databases', '/certificates/whoami'])
          expect(await ask(spec, oddCertificate({ key, ...odd }), path)).toBe('closed');
    expect(await listed(spec)).toEqual(before);
    // A sibling with readable dates is let in and registered, as ever.
    expect(await overHttp2(spec, oddCertificate({ key }), '/databases')).toBe(200);
    expect(await listed(spec)).toHaveLength(before.length + 1);
  });

  it('also when the settings name it as an admin', async () => {
    for (const ask of [overHttp1, overHttp2]) expect(await ask(spec, wellKnown, '/databases')).toBe('closed');
    expect((await spec.ask('GET', '/databases')).status).toBe(200);
  });
});

it('dates at the edge of what RavenDB reads are listed as they are', async () => {
  const odd = oddCertificate({ notBefore: generalized('00010101000000Z'), notAfter: generalized('99991231235959Z') });
  expect((await put(spec, odd.der)).status).toBe(201);
  const entry = (await listed(spec)).find(({ Thumbprint }) => Thumbprint === odd.thumbprint);
  expect(entry).toMatchObject({ NotBefore: '0001-01-01T00:00:00.0000000', NotAfter: '9999-12-31T23:59:59.0000000' });
  expect(await overHttp1(spec, odd, '/databases')).toBe(200);
});

it.each(['9999-12-31T23:59:59.9999999', '2050-01-01T00:00:00Z'])(
  'a certificate is generated with the end %s',
  async (end) => {
    const body = { Name: 'made', SecurityClearance: 'ValidUser', Permissions: {}, NotAfter: end };
    expect((await spec.ask('POST', '/admin/certificates', { body })).status).toBe(200);
    const made = (await listed(spec)).find(({ Name }) => Name === 'made');
    expect(made?.NotAfter?.slice(0, 19)).toBe(end.slice(0, 19));
    expect((await spec.ask('DELETE', `/admin/certificates?thumbprint=${made?.Thumbprint ?? ''}`)).status).toBe(204);
  },
);

describe('an entry of the store that can’t be read', () => {
  it('hides no other, lets nobody in, can’t be edited, and can be deleted', async () => {
    const folder = temporaryFolder();
    const first = await startSpecNode({ dataDir: folder.path });
    const alice = await first.register('alice', 'Operator');
    const frank = await first.register('frank', 'Operator');
    const erin = await first.register('erin', 'ValidUser');
    await first.close();
    const store = new Store(`${folder.path}/store`);
    const key = (who: Identity) => who.thumbprint.toLowerCase();
    await store.write((transaction) => {
      transaction.put('certificates', key(alice), {
        ...(store.get('certificates', key(alice)) as object),
        notAfter: Number.NaN,
      });
      transaction.put('certificates', key(frank), { name: 'frank', permissions: 'all' });
      transaction.put('certificates', 'ab', null);
    });
    await store.close();

    const second = await startSpecNode({ dataDir: folder.path });
    const entries = new Map((await listed(second)).map((entry) => [entry.Thumbprint, entry]));
    expect(entries.get(erin.thumbprint)).toMatchObject({ Name: 'erin', Disabled: false });
    expect(entries.get(alice.thumbprint)).toMatchObject({ Name: 'alice', NotAfter: null, Disabled: true });
    expect(entries.get(frank.thumbprint)).toMatchObject({ Name: unreadableName, NotAfter: null, Disabled: true });
    expect(entries.get('AB')).toMatchObject({ Name: unreadableName });
    expect(entries.size).toBe(6);
    for (const as of [alice, frank]) expect((await second.ask('GET', list, { as })).status).toBe(403);
    const body = { Thumbprint: alice.thumbprint, Name: 'alice', SecurityClearance: 'Operator', Disabled: false };
    expect((await second.ask('POST', '/admin/certificates/edit', { body })).status).toBe(500);
    for (const thumbprint of [alice.thumbprint, frank.thumbprint, 'AB'])
      expect((await second.ask('DELETE', `/admin/certificates?thumbprint=${thumbprint}`)).status).toBe(204);
    expect(await listed(second)).toHaveLength(3);
    await second.close();
    folder.remove();
  });
});
