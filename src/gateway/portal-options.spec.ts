import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { clientPem, serverPem } from './gateway-harness.ts';
import { createGateway, type PortalGatewayOptions } from './portal-gateway.ts';

const good = { url: 'https://localhost:1', cert: clientPem, ca: serverPem, authorize: () => true };
const pfxFile = new URL('../../e2e/conformance/certs/bob-secret.pfx', import.meta.url);
const make = (change: object) =>
  // As from JavaScript, where nothing looks at types.
  createGateway({ ...good, ...change });

it('takes what it needs', async () => {
  for (const change of [{}, { ca: undefined }, { ca: Buffer.from(serverPem) }, { ca: serverPem + clientPem }])
    await make(change).close();
  await make({ publicUrl: 'http://localhost:3000', path: '/certificates/' }).close();
});

it.each([
  ['authorize', { authorize: undefined }],
  ['authorize', { authorize: true }],
  ['url', { url: undefined }],
  ['url', { url: 'http://localhost:8080' }],
  ['url', { url: 'localhost:8443' }],
  ['url', { url: new Date() }],
  ['ca', { ca: 'ca.pem' }],
  ['ca', { ca: '' }],
  ['ca', { ca: serverPem.replaceAll('M', '!') }],
  ['ca', { ca: `${serverPem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n` }],
  ['ca', { ca: ['a', 'b'] }],
  ['fingerprints', { fingerprints: 'AB' }],
  ['fingerprints', { fingerprints: ['AB:CD'] }],
  ['pfx', { pfx: 'client.pfx' }],
  ['pfx', { pfx: readFileSync(pfxFile), passphrase: 'not the passphrase' }],
  ['pfx', { cert: undefined }],
  ['cert', { cert: 'client.pem' }],
  ['cert and key', { key: 'client.key' }],
  ['passphrase', { passphrase: 7 }],
  ['publicUrl', { publicUrl: 'portal.example.com' }],
  ['path', { path: 'certificates' }],
])('names the option: %s (%#)', (option, change) => {
  let thrown: unknown;
  try {
    make(change);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(TypeError);
  expect((thrown as TypeError).message).toMatch(new RegExp(`^createGateway\\b.*[ :]${option}\\b`));
  expect((thrown as TypeError).message).not.toMatch(/not the passphrase|AB:CD|PRIVATE/);
});

it('says what is wrong when nothing was given', () => {
  for (const options of [undefined, null, {}])
    expect(() => createGateway(options as PortalGatewayOptions)).toThrow('url is needed');
});
