import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inWorker } from './certificate-files.ts';
import { readCertificateFile } from './read-certificate-file.ts';

const certs = new URL('../../e2e/conformance/certs/', import.meta.url);
const file = (name: string) => readFileSync(new URL(name, certs));
// Node has no web workers: what the page does where it may not start one.
const none = () => {
  throw new TypeError('no workers here');
};

test('without a worker the work is done in place', async () => {
  const bytes = file('bob-secret.pfx');
  await expect(inWorker(none, { kind: 'read', bytes, passphrase: '' })).rejects.toMatchObject({
    name: 'CertificateFileError',
  });
  const { certificates } = await inWorker(none, { kind: 'read', bytes, passphrase: 'secret' });
  expect(certificates.map(({ subject }) => subject)).toEqual(['CN=bob']);
});

test('which certificate the key belongs to is told, the key isn’t', async () => {
  const answer = await inWorker(none, { kind: 'readWithKey', bytes: file('three.pfx'), passphrase: '' });
  expect(answer.hasPrivateKey).toBe(true);
  expect(answer.privateKeyOf).toBeGreaterThanOrEqual(0);
  expect(answer).not.toHaveProperty('privateKeyPkcs8');
});

test('any file with a key becomes a PFX without passphrase, the key’s certificate first', async () => {
  const before = await inWorker(none, { kind: 'readWithKey', bytes: file('three.pfx'), passphrase: '' });
  const pfx = await inWorker(none, { kind: 'toPfx', bytes: file('three.pfx'), passphrase: '' });
  const after = await readCertificateFile(pfx, '', { withPrivateKey: true });
  expect(after).toMatchObject({ format: 'pfx', privateKeyOf: 0 });
  expect(after.certificates[0]?.thumbprint).toBe(before.certificates[before.privateKeyOf ?? -1]?.thumbprint);
  expect(after.certificates).toHaveLength(before.certificates.length);
});

test('a file without a key becomes none', async () => {
  const { certificates } = await readCertificateFile(file('alice.pem'));
  const bytes = certificates[0]?.der ?? new Uint8Array();
  await expect(inWorker(none, { kind: 'toPfx', bytes, passphrase: '' })).rejects.toThrow(/private key/);
});
