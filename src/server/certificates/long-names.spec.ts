import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isOriginTrusted } from '../http/origin.ts';
import { parseEnumText } from '../http/json-values.ts';
import { Query } from '../http/query.ts';
import { readForm } from '../http/read-form.ts';
import { acceptedCoding } from '../http/send.ts';
import { limits } from '../limits.ts';
import { Settings } from '../settings/settings.ts';
import { entryOf, identityOf, startSpecNode, type SpecNode } from '../spec-node.ts';
import { safeEntryName } from './generate.ts';

let spec: SpecNode;
beforeAll(async () => {
  spec = await startSpecNode();
});
afterAll(() => spec.close());

const generate = (Name: string) =>
  spec.ask('POST', '/admin/certificates', { body: { Name, SecurityClearance: 'ValidUser', Permissions: {} } });

it.each([
  ['of dots and blanks', ' .'.repeat(15_000) + 'x'],
  ['of letters that are escaped', '\u{1f511}'.repeat(15_000)],
])('the key of a name %s that is too long for a header is delivered', async (_what, name) => {
  const answer = await generate(name);
  expect(answer.status).toBe(200);
  const header = String(answer.headers['content-disposition']);
  expect(header.length).toBeLessThan(limits.fileNameBytes + 100);
  const file = decodeURIComponent(/filename=(.*)\.zip$/.exec(header)?.[1] ?? '');
  expect(file.length).toBeGreaterThan(100);
  expect(name.replaceAll(/\p{Surrogate}/gu, '').startsWith(file.replace(/\ufffd$/, ''))).toBe(true);
  const files = unzipSync(new Uint8Array(answer.bytes));
  const pem = Object.entries(files).find(([entry]) => entry.endsWith('.key'))?.[1];
  expect(Buffer.from(pem ?? []).toString()).toContain('PRIVATE KEY');
  const crt = Object.entries(files).find(([entry]) => entry.endsWith('.crt'))?.[1];
  expect((await entryOf(spec, identityOf(Buffer.from(crt ?? []).toString())))?.Name).toBe(name);
});

it('a name that RavenDB makes no file of is refused before anything is registered, and of every way in', async () => {
  const Name = 'n'.repeat(limits.nameBytes + 1);
  const alice = await spec.register('alice', 'ValidUser');
  const common = { Name, SecurityClearance: 'ValidUser', Permissions: {} };
  for (const answer of [
    await generate(Name),
    await spec.ask('PUT', '/admin/certificates', { body: { ...common, Certificate: alice.der } }),
    await spec.ask('POST', '/admin/certificates/edit', { body: { ...common, Thumbprint: alice.thumbprint } }),
  ]) {
    expect(answer.status).toBe(500);
    expect(answer.json()).toMatchObject({
      Type: 'System.ArgumentException',
      Message: 'The name of a certificate may hold 65,531 bytes at most',
    });
  }
  const list = await spec.ask('GET', '/admin/certificates?metadataOnly=true');
  expect(list.text).not.toContain('nnnnnnnnnnnnnnnnnnnn');
});

/** What takes its time with the square of the length wouldn't be through with any of these. */
const mega = 1_000_000;
it.each<[string, () => unknown]>([
  ['names in a zip', () => safeEntryName(`a${' .'.repeat(mega / 2)}b`)],
  ['origins', () => trusted(`https://${'@'.repeat(mega)}`) || trusted(`https://[${'a.'.repeat(mega / 2)}!`)],
  ['names of hosts', () => trusted(`https://${'a.'.repeat(mega / 2)}!`)],
  ['codings', () => acceptedCoding(`gzip;q=${'0'.repeat(mega)}, ${' ;'.repeat(mega)}`)],
  ['queries', () => new Query(`a=${'%ff'.repeat(mega / 3)}&${'&'.repeat(mega)}${'=+'.repeat(mega)}`).all('a')],
  ['enumerations', () => parseEnumText(`${','.repeat(mega)}None`, ['None'], true)],
  [
    'forms',
    () => readForm(`multipart/form-data; ${'boundary="'.repeat(mega / 10)}`, Buffer.from('name="'.repeat(mega))),
  ],
])('a megabyte is read in a moment: %s', (_what, read) => {
  expect(read).not.toThrow(RangeError);
});

function trusted(origin: string): boolean {
  try {
    return isOriginTrusted({
      origin,
      host: 'localhost',
      nodeUrl: 'https://localhost:8443',
      settings: new Settings({}),
      header: () => undefined,
    });
  } catch {
    return false;
  }
}
