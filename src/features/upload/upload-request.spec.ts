import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planSet } from '../../domain/certificate-set.ts';
import { fromBase64 } from '../../pki/bytes.ts';
import { readCertificateFile } from '../../pki/read-certificate-file.ts';
import { writePfx } from '../../pki/write-pfx.ts';
import { emptyForm, formOf, suggestedName, validateUpload } from './upload-form.ts';
import { uploadRequest } from './upload-request.ts';

const conformance = new URL('../../../e2e/conformance/', import.meta.url);
const read = (name: string, passphrase?: string) =>
  readCertificateFile(readFileSync(new URL(`certs/${name}`, conformance)), passphrase);
const keyless = (certificates: Uint8Array[]) => writePfx({ certificates, encryption: 'compatible' });
const form = { ...emptyForm, name: ' set ', grants: [{ item: 'orders', level: 'Read' as const }] };

interface Recorded {
  name: string;
  response: {
    body: {
      Results: { Name: string; Thumbprint: string; CollectionSecondaryKeys: string[]; CollectionPrimaryKey: string }[];
    };
  };
}
/** What a real RavenDB made of a file, primary first. */
function recorded(step: string, entry: string): string[] {
  const { steps } = JSON.parse(readFileSync(new URL('recorded/03-upload-formats.json', conformance), 'utf8')) as {
    steps: Recorded[];
  };
  const listed = steps.find(({ name }) => name === step)?.response.body.Results ?? [];
  const primary = listed.find(({ Name, CollectionPrimaryKey }) => Name === entry && CollectionPrimaryKey === '');
  return primary === undefined ? [] : [primary.Thumbprint, ...primary.CollectionSecondaryKeys];
}

test.each([
  ['three.pfx', 'after three', 'PFX with three'],
  ['leaf1-chain.pfx', 'after chain', 'PFX chain leaf and issuer'],
])('the plan for %s is what a real RavenDB registered', async (file, step, entry) => {
  const { certificates } = await read(file);
  const expected = recorded(step, entry);
  expect(expected.length).toBeGreaterThan(0);
  // RavenDB was given the file as it was and made its last certificate the primary, the rest backwards.
  const { registered } = planSet(certificates.toReversed());
  expect(registered.map(({ thumbprint }) => thumbprint)).toEqual(expected);
});

test('several go as a PFX without keys whose last certificate is the primary', async () => {
  const { certificates, hasPrivateKey } = await read('three.pfx');
  expect(hasPrivateKey).toBe(true);
  const primary = certificates[1]?.thumbprint;
  const plan = planSet(certificates, primary);
  const request = await uploadRequest(form, plan, null, keyless);
  const sent = await readCertificateFile(fromBase64(request.certificate));
  expect(sent).toMatchObject({ format: 'pfx', hasPrivateKey: false });
  expect(sent.certificates.map(({ thumbprint }) => thumbprint)).toEqual(
    plan.registered.map(({ thumbprint }) => thumbprint).toReversed(),
  );
  expect(sent.certificates.at(-1)?.thumbprint).toBe(primary);
  expect(request).toMatchObject({ name: 'set', permissions: [{ database: 'orders', access: 'Read' }] });
});

test('one goes as it is, without the key beside it', async () => {
  const file = await read('bob-secret.pfx', 'secret');
  const request = await uploadRequest(form, planSet(file.certificates), 'KEY', keyless);
  const sent = await readCertificateFile(fromBase64(request.certificate));
  expect(sent).toMatchObject({ format: 'der', hasPrivateKey: false });
  expect('authenticationKey' in request).toBe(false);
  const second = await uploadRequest({ ...form, twoFactor: true }, planSet(file.certificates), 'KEY', keyless);
  expect(second.authenticationKey).toBe('KEY');
});

test('the name begins with what the certificate is called, or its file', () => {
  expect(suggestedName('alice', 'x.pfx')).toBe('alice');
  expect(suggestedName(' ', 'orders.api.pfx')).toBe('orders.api');
});

test('what RavenDB would refuse is said at its field', () => {
  const limits = { readOnlyLicence: false, clusterAdmin: false };
  expect(validateUpload({ ...form, name: ' ' }, limits)).toHaveProperty('name');
  expect(validateUpload(form, limits)).toHaveProperty('grants');
  expect(validateUpload(form, { ...limits, readOnlyLicence: true })).toEqual({});
  expect(validateUpload({ ...form, clearance: 'ClusterAdmin' }, limits)).toHaveProperty('clearance');
  expect(validateUpload({ ...form, clearance: 'Operator', twoFactor: true }, limits)).toEqual({
    codeCheck: expect.any(String),
  });
});

test('settings of an entry are taken over but for its second factor', () => {
  const entry = {
    name: 'n',
    clearance: 'Operator',
    permissions: [
      { database: 'a', access: 'Admin' },
      { database: 'b', access: 'Unknown' },
    ],
    hasTwoFactor: true,
  } as unknown as Parameters<typeof formOf>[0];
  expect(formOf(entry)).toEqual({
    ...emptyForm,
    name: 'n',
    clearance: 'Operator',
    grants: [{ item: 'a', level: 'Admin' }],
  });
});
