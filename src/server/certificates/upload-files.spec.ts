import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { selfSignedClientCertificate } from '../../pki/issue-certificate.ts';
import { toPem } from '../../pki/pem.ts';
import { writePfx } from '../../pki/write-pfx.ts';
import { certificate, type SpecNode, startSpecNode } from '../spec-node.ts';

/** What a RavenDB 7.2.7 answered to the same files, and what the node answers with its hardenings and without. */
const passphrase = 'Passw0rd!';
const sample = (name: string) => readFileSync(new URL(`../../pki/samples/${name}`, import.meta.url));
const alice = Buffer.from(certificate('alice').der, 'base64');
const pem = toPem('CERTIFICATE', alice);
const lines = (change: (line: string) => string) => pem.split('\n').map(change).join('\n');

const taken: Record<string, string | Buffer> = {
  'a line break behind DER': Buffer.concat([alice, Buffer.from('\n')]),
  'zeros behind DER': Buffer.concat([alice, Buffer.alloc(300)]),
  'text around PEM': `hello\n${pem}\nRegards`,
  'a trusted certificate': sample('trusted-certificate.pem'),
  'a broken second block': sample('second-block-broken.pem'),
  'lines of any length': pem.replaceAll('\n', '').replace('CERTIFICATE-----', '$&\n').replace('-----END', '\n$&'),
  'blanks at the end of lines': lines((line) => `${line}  `),
  CRLF: pem.replaceAll('\n', '\r\n'),
  'a byte order mark': `\ufeff${pem}`,
};

const refused: Record<string, string | Buffer> = {
  base64: alice.toString('base64'),
  'base64 of PEM': Buffer.from(pem).toString('base64'),
  'UTF-16': Buffer.from(`\ufeff${pem}`, 'utf16le'),
  'PEM indented': lines((line) => `  ${line}`),
  'PEM quoted': lines((line) => `> ${line}`),
  'PEM with a blank line in it': pem.replace(/\n(.{64})\n/, '\n$1\n\n'),
  'PEM with headers': pem.replace('-----\n', '-----\nX-Foo: bar\n\n'),
  'PEM without a line break between two': `${pem}${pem}`,
  'PEM of old Macs': pem.replaceAll('\n', '\r'),
  'PEM with line breaks of two characters': pem.replaceAll('\n', '\\n'),
  'something before DER': Buffer.concat([Buffer.from('\n'), alice]),
  'PKCS#7': sample('p7b-chain.p7b'),
  'a zip': sample('ravendb-download.zip'),
  'a broken first block': `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${pem}`,
  'a list of revoked certificates': toPem('X509 CRL', Buffer.of(0x30, 0)),
};

describe.each([
  ['by default', false],
  ['as RavenDB', true],
])('the node %s', (_, asRavenDb) => {
  let node: SpecNode;
  beforeAll(async () => {
    node = await startSpecNode({ asRavenDb });
  }, 180_000);
  afterAll(() => node.close());

  const put = (content: string | Uint8Array, more: object = {}) =>
    node.ask('PUT', '/admin/certificates', {
      body: {
        Name: 'file',
        Certificate: Buffer.from(content).toString('base64'),
        SecurityClearance: 'ValidUser',
        Permissions: {},
        ...more,
      },
    });

  test.each(Object.entries(taken))('takes %s', async (_name, file) => {
    expect((await put(file)).status).toBe(201);
  });

  test.each(Object.entries(refused))('refuses %s', async (_name, file) => {
    const answer = await put(file);
    expect(answer.status).toBe(500);
    expect(answer.json<{ Type: string }>().Type).toBe('System.ArgumentException');
  });

  test.each(['mac-md5.pfx', 'pbe-des-cbc.pfx', 'pbe-md5-des.pfx', 'pbe-sha1-rc2-64.pfx', 'trailing-newline.pfx'])(
    'takes %s',
    async (name) => {
      expect((await put(sample(name), { Password: passphrase })).status).toBe(201);
    },
  );

  test('takes many rounds', { timeout: 60_000 }, async () => {
    expect((await put(sample('rounds-mac-600000-content-1.pfx'), { Password: passphrase })).status).toBe(201);
  });

  test.each(['pbmac1.pfx', 'bag-nested-safecontents.pfx'])('refuses %s', async (name) => {
    expect((await put(sample(name), { Password: passphrase })).status).toBe(500);
  });

  test('refuses base64 of a .pfx', async () => {
    const made = await selfSignedClientCertificate({ name: 'x', algorithm: 'P-256', notBefore: 0, notAfter: 4e12 });
    const pfx = await writePfx({ certificates: [made.der], encryption: 'compatible' });
    expect((await put(pfx)).status).toBe(201);
    expect((await put(Buffer.from(pfx).toString('base64'))).status).toBe(500);
  });

  test('takes keys that nobody can use, by the hash of what is written', async () => {
    expect((await put(sample('secp256k1.cer'))).status).toBe(201);
    // An algorithm that OpenSSL doesn't know stands where the one of elliptic curves stood.
    const strange = Buffer.from(sample('secp256k1.cer'));
    const oid = Buffer.from('06072a8648ce3d0201', 'hex');
    strange[strange.indexOf(oid) + oid.length - 1] = 0x7f;
    expect((await put(strange)).status).toBe(201);
  });
});
