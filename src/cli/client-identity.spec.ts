import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { selfSignedClientCertificate } from '../pki/issue-certificate.ts';
import { privateKeyToPem, toPem } from '../pki/pem.ts';
import { readIdentity } from './client-identity.ts';
import { CommandError } from './command-error.ts';
import { openTerminal } from './command-harness.ts';
import { readPassphraseFile } from './passphrases.ts';

const sample = (name: string) => fileURLToPath(new URL(`../pki/samples/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'identity-'));
afterAll(() => rmSync(folder, { recursive: true }));
const save = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const openssl = spawnSync('openssl', ['version']).status === 0;
const how = (passphrase?: string) => ({ passphrase, advice: 'ADVICE' });
const said = async (reading: Promise<unknown>): Promise<string> => {
  const error = await reading.then(
    () => new Error('read'),
    (reason: unknown) => reason,
  );
  return error instanceof CommandError ? `${error.message} ${error.advice}` : String(error);
};

let key: string;
let cert: string;
beforeAll(async () => {
  const made = await selfSignedClientCertificate({ name: 'own', algorithm: 'P-256', notBefore: 0, notAfter: 4e12 });
  key = privateKeyToPem(made.privateKeyPkcs8);
  cert = save('own.crt', toPem('CERTIFICATE', made.der));
});

/** Certificate and key of what was read, when they belong together. */
async function expectPair(reading: ReturnType<typeof readIdentity>): Promise<void> {
  const identity = await reading;
  if ('pfx' in identity) throw new Error('a PKCS#12 file');
  const certificate = new X509Certificate(identity.cert);
  expect(certificate.checkPrivateKey(createPrivateKey(identity.key))).toBe(true);
}

describe('the key that belongs to the certificate', () => {
  test('in PEM and DER, of every form', async () => {
    const object = createPrivateKey(key);
    for (const type of ['pkcs8', 'sec1'] as const)
      for (const format of ['pem', 'der'] as const) {
        const file = save(`${type}.${format}`, object.export({ type, format } as { type: 'pkcs8'; format: 'pem' }));
        await expectPair(readIdentity({ cert, key: file }, how()));
      }
  });

  test('encrypted, new and old, with its passphrase and not with another', async () => {
    const object = createPrivateKey(key);
    const locked = { cipher: 'aes-256-cbc', passphrase: 'right' };
    const files = [
      save('locked.pem', object.export({ type: 'pkcs8', format: 'pem', ...locked })),
      save('locked.der', object.export({ type: 'pkcs8', format: 'der', ...locked })),
      save('locked-sec1.pem', object.export({ type: 'sec1', format: 'pem', ...locked })),
    ];
    for (const file of files) {
      await expectPair(readIdentity({ cert, key: file }, how('right')));
      expect(await said(readIdentity({ cert, key: file }, how('wrong')))).toMatch(
        /does not open the private key.* ADVICE$/,
      );
      expect(await said(readIdentity({ cert, key: file }, how()))).toMatch(/encrypted.* ADVICE$/);
    }
  });

  test('by scrypt, and where another stands before it', async () => {
    await expectPair(readIdentity({ cert: sample('key-scrypt.pem') }, how('Passw0rd!')));
    await expectPair(readIdentity({ cert: sample('two-keys-own-second.pem') }, how()));
  });

  test('in a zip as RavenDB makes it, and in a file of Firefox’s', { timeout: 60_000 }, async () => {
    await expectPair(readIdentity({ pfx: sample('ravendb-download.zip') }, how()));
    await expectPair(readIdentity({ pfx: sample('rounds-firefox-nss-default.p12') }, how('Passw0rd!')));
  });

  test.skipIf(!openssl)('with the curve written out (skipped without the openssl program)', async () => {
    const args = ['ec', '-param_enc', 'explicit', '-out', join(folder, 'explicit.pem')];
    execFileSync('openssl', args, { input: key, stdio: ['pipe', 'ignore', 'ignore'] });
    await expectPair(readIdentity({ cert, key: join(folder, 'explicit.pem') }, how()));
  });
});

describe('what can’t be used is said, with the next step', () => {
  test('another’s key, of any kind', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    for (const files of [
      { cert, key: save('rsa.pem', rsa) },
      { cert: sample('key-of-other-type.pem') },
      { pfx: sample('upload-key-of-another.pfx') },
    ])
      expect(await said(readIdentity(files, how()))).toMatch(
        /^The private key in .* doesn't belong to the certificate in .*\. Name the key/,
      );
  });

  test('keys of SSH, no key, and no certificate', async () => {
    const ssh = save('id_ed25519', '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n');
    expect(await said(readIdentity({ cert, key: ssh }, how()))).toMatch(
      /in the form of SSH\. Convert .*ssh-keygen -p -m PKCS8/,
    );
    expect(await said(readIdentity({ cert }, how()))).toMatch(
      /holds no private key, and RavenDB lets in only who has it\./,
    );
    expect(await said(readIdentity({ cert: save('key.pem', key), key: save('key.pem', key) }, how()))).toMatch(
      /key\.pem: The file holds a private key but no certificate\. Choose the certificate/,
    );
    expect(await said(readIdentity({ pfx: sample('keystore.jks') }, how()))).toMatch(
      /\(JKS\)\. Convert it with “keytool/,
    );
  });

  test('a file too large, before it is read', async () => {
    const large = save('large.pfx', new Uint8Array(4 * 1024 * 1024 + 1));
    expect(await said(readIdentity({ pfx: large }, how()))).toMatch(
      /large\.pfx: The file is larger than 4 MB\. Choose/,
    );
  });
});

test.each<[string, BufferEncoding, string]>([
  ['UTF-8', 'utf8', ''],
  ['UTF-8 with a mark', 'utf8', '\ufeff'],
  ['UTF-16 as Windows PowerShell writes it', 'utf16le', '\ufeff'],
])('the first line of a passphrase file in %s', async (name, encoding, mark) => {
  const file = save(`${name}.txt`, Buffer.from(`${mark}pässw0rd \r\nmore\r\n`, encoding));
  expect(await readPassphraseFile(openTerminal({}).terminal, file, '--passphrase-file')).toBe('pässw0rd ');
});
