import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import forge from 'node-forge';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type IssuedCertificate, selfSignedClientCertificate } from './issue-certificate.ts';
import { privateKeyToPem, toPem } from './pem.ts';
import { readCertificateFile } from './read-certificate-file.ts';
import { writePfx } from './write-pfx.ts';

/** What other programs write we read, and what we write they read. */
const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const openssl = has('openssl', 'version');
const legacy = openssl && has('openssl', 'list', '-providers', '-provider', 'legacy');
const keytool = has('keytool', '-help');

const folder = mkdtempSync(join(tmpdir(), 'pki-interop-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const run = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] }).toString();

const passphrases = { none: '', ascii: 'correct horse', 'beyond ASCII': 'pässwörd €😀' };
const validity = { notBefore: Date.now() - 86_400_000, notAfter: Date.now() + 86_400_000_0 };
let rsa: IssuedCertificate;
let ec: IssuedCertificate;
beforeAll(async () => {
  rsa = await selfSignedClientCertificate({ name: 'rsa', algorithm: 'RSA-4096', ...validity });
  ec = await selfSignedClientCertificate({ name: 'ec', algorithm: 'P-256', ...validity });
  for (const [name, { der, privateKeyPkcs8 }] of Object.entries({ rsa, ec })) {
    writeFileSync(path(`${name}.crt`), toPem('CERTIFICATE', der));
    writeFileSync(path(`${name}.key`), privateKeyToPem(privateKeyPkcs8));
  }
}, 60_000);

describe.each(['modern', 'compatible'] as const)('a %s PFX of ours', (encryption) => {
  describe.each(Object.entries(passphrases))('with passphrase: %s', (_, passphrase) => {
    test.skipIf(!openssl)(
      'opens in openssl with its key, without -legacy (skipped without the openssl program)',
      async () => {
        for (const { der, privateKeyPkcs8 } of [rsa, ec]) {
          writeFileSync(
            path('ours.pfx'),
            await writePfx({ certificates: [der], privateKeyPkcs8, passphrase, encryption }),
          );
          const out = run('pkcs12', '-in', path('ours.pfx'), '-passin', `pass:${passphrase}`, '-nodes');
          expect(out.replaceAll(/\s/g, '')).toContain(toPem('CERTIFICATE', der).replaceAll(/\s/g, ''));
          const key = createPrivateKey(out.slice(out.indexOf('-----BEGIN PRIVATE KEY')));
          expect(key.export({ type: 'pkcs8', format: 'der' })).toEqual(Buffer.from(privateKeyPkcs8));
          const wrong = spawnSync('openssl', ['pkcs12', '-in', path('ours.pfx'), '-passin', 'pass:wrong', '-noout']);
          expect(wrong.status).not.toBe(0);
        }
      },
    );

    test.skipIf(!openssl)('opens in openssl without keys (skipped without the openssl program)', async () => {
      writeFileSync(path('set.pfx'), await writePfx({ certificates: [rsa.der, ec.der], passphrase, encryption }));
      const out = run('pkcs12', '-in', path('set.pfx'), '-passin', `pass:${passphrase}`, '-nokeys');
      expect(out.match(/^subject=.*$/gm)).toEqual(['subject=CN = rsa', 'subject=CN = ec']);
    });

    test('opens in the TLS of Node', async () => {
      for (const { der, privateKeyPkcs8 } of [rsa, ec]) {
        const pfx = await writePfx({ certificates: [der], privateKeyPkcs8, passphrase, encryption });
        expect(() => createSecureContext({ pfx: Buffer.from(pfx), passphrase })).not.toThrow();
        expect(() => createSecureContext({ pfx: Buffer.from(pfx), passphrase: 'wrong' })).toThrow();
      }
    });
  });

  test.skipIf(!keytool)('opens in Java (skipped without keytool)', { timeout: 30_000 }, async () => {
    for (const { der, privateKeyPkcs8 } of [rsa, ec]) {
      const plan = { certificates: [der], privateKeyPkcs8, passphrase: passphrases.ascii, encryption };
      writeFileSync(path('java.pfx'), await writePfx(plan));
      const args = ['-list', '-storetype', 'PKCS12', '-keystore', path('java.pfx'), '-storepass', passphrases.ascii];
      expect(execFileSync('keytool', args).toString()).toContain('PrivateKeyEntry');
    }
  });
});

test.skipIf(!openssl)(
  'a modern PFX says AES-256 and SHA-256, a compatible one what RavenDB says (skipped without openssl)',
  async () => {
    const info = async (encryption: 'modern' | 'compatible') => {
      const plan = { certificates: [ec.der], privateKeyPkcs8: ec.privateKeyPkcs8, passphrase: 'x', encryption };
      writeFileSync(path('info.pfx'), await writePfx(plan));
      const { stderr } = spawnSync('openssl', [
        'pkcs12',
        '-in',
        path('info.pfx'),
        '-passin',
        'pass:x',
        '-info',
        '-noout',
      ]);
      return stderr.toString().split('\n').filter(Boolean);
    };
    const scheme = 'PBES2, PBKDF2, AES-256-CBC, Iteration 100000, PRF hmacWithSHA256';
    expect(await info('modern')).toEqual([
      'MAC: sha256, Iteration 100000',
      'MAC length: 32, salt length: 20',
      `PKCS7 Encrypted data: ${scheme}`,
      'Certificate bag',
      'PKCS7 Data',
      `Shrouded Keybag: ${scheme}`,
    ]);
    const old = 'pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 2000';
    expect(await info('compatible')).toEqual([
      'MAC: sha1, Iteration 2000',
      'MAC length: 20, salt length: 20',
      `PKCS7 Encrypted data: ${old}`,
      'Certificate bag',
      'PKCS7 Data',
      `Shrouded Keybag: ${old}`,
    ]);
  },
);

test("without a passphrase, our PFX and RavenDB's derive from no bytes at all", async () => {
  const ravenDb = readFileSync(new URL('./samples/ravendb-generated.pfx', import.meta.url));
  const plan = { certificates: [rsa.der], privateKeyPkcs8: rsa.privateKeyPkcs8, encryption: 'compatible' } as const;
  for (const pfx of [ravenDb, await writePfx(plan)]) {
    const asn1 = forge.asn1.fromDer(forge.util.binary.raw.encode(Uint8Array.from(pfx)));
    expect(() => forge.pkcs12.pkcs12FromAsn1(asn1, true)).not.toThrow();
    expect(() => forge.pkcs12.pkcs12FromAsn1(asn1, true, '')).toThrow('MAC');
  }
});

describe.skipIf(!openssl)('a PFX of openssl (skipped without the openssl program)', () => {
  const aes = (bits: number) => ['-certpbe', `AES-${bits}-CBC`, '-keypbe', `AES-${bits}-CBC`];
  const old = ['-legacy', '-certpbe', 'PBE-SHA1-RC2-40'];
  const variants: [string, string[], boolean][] = [
    ['as it writes by itself', [], true],
    ['AES-128', aes(128), true],
    ['AES-192', aes(192), true],
    ['Triple DES in PBES2', ['-certpbe', 'DES-EDE3-CBC', '-keypbe', 'DES-EDE3-CBC', '-macalg', 'sha512'], true],
    ['Triple DES and SHA-1', ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'], true],
    ['two-key Triple DES', ['-certpbe', 'PBE-SHA1-2DES', '-keypbe', 'PBE-SHA1-2DES', '-macalg', 'sha384'], true],
    ['without a MAC', ['-nomac'], true],
    ['without encryption', ['-certpbe', 'NONE', '-keypbe', 'NONE'], true],
    ['with a single iteration', ['-noiter', '-nomaciter'], true],
    ['RC2-40, as old Windows wrote', old, legacy],
    ['RC2-40 without a MAC', [...old, '-nomac'], legacy],
    ['RC2-128', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128'], legacy],
  ];
  describe.each(Object.entries(passphrases))('with passphrase: %s', (_, passphrase) => {
    for (const [name, args, possible] of variants)
      test.skipIf(!possible)(`${name} is read with its key`, async () => {
        const source = ['-inkey', path('ec.key'), '-in', path('ec.crt'), '-certfile', path('rsa.crt')];
        run('pkcs12', '-export', ...source, '-out', path('theirs.pfx'), '-passout', `pass:${passphrase}`, ...args);
        const bytes = new Uint8Array(readFileSync(path('theirs.pfx')));
        const file = await readCertificateFile(bytes, passphrase, { withPrivateKey: true });
        expect(file.certificates.map(({ commonName }) => commonName)).toEqual(['ec', 'rsa']);
        expect(file.privateKeyPkcs8).toEqual(ec.privateKeyPkcs8);
        expect(file.privateKeyOf).toBe(0);
      });
  });

  test('with more iterations than we accept is refused, also where only the content says so', async () => {
    const old = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES'];
    for (const extra of [[], ['-nomac'], ['-nomac', '-certpbe', 'AES-256-CBC'], ['-nomac', ...old]]) {
      const source = ['-inkey', path('ec.key'), '-in', path('ec.crt'), '-passout', 'pass:x', '-iter', '1000001'];
      run('pkcs12', '-export', ...source, '-out', path('costly.pfx'), ...extra);
      const bytes = new Uint8Array(readFileSync(path('costly.pfx')));
      const reading = readCertificateFile(bytes, 'x', { withPrivateKey: true, limits: { rounds: 1_000_000 } });
      await expect(reading).rejects.toMatchObject({ code: 'too-expensive' });
    }
  });

  test('without a MAC tells wrong passphrases by what they decrypt to, also when the padding is right by chance', async () => {
    const source = ['-inkey', path('ec.key'), '-in', path('ec.crt'), '-passout', 'pass:right', '-noiter', '-nomac'];
    run('pkcs12', '-export', ...source, '-certpbe', 'PBE-SHA1-3DES', '-out', path('bare.pfx'));
    const bytes = new Uint8Array(readFileSync(path('bare.pfx')));
    // One in 256 has the right padding.
    for (let attempt = 0; attempt < 1500; attempt += 1)
      await expect(readCertificateFile(bytes, `wrong ${attempt}`)).rejects.toMatchObject({ code: 'passphrase-wrong' });
  });

  test('without a certificate says that there is only a key', async () => {
    run('pkcs12', '-export', '-nocerts', '-inkey', path('ec.key'), '-out', path('key.pfx'), '-passout', 'pass:');
    const bytes = new Uint8Array(readFileSync(path('key.pfx')));
    await expect(readCertificateFile(bytes)).rejects.toMatchObject({ code: 'no-certificate' });
  });
});

describe.skipIf(!openssl)('keys in PEM as openssl writes them (skipped without the openssl program)', () => {
  const withCertificate = (key: string) => new TextEncoder().encode(`${key}\n${toPem('CERTIFICATE', ec.der)}`);

  test('PKCS#8, SEC 1 and encrypted ones are read', async () => {
    const keys = [
      run('pkey', '-in', path('ec.key')),
      run('ec', '-in', path('ec.key')),
      run('pkcs8', '-topk8', '-in', path('ec.key'), '-passout', 'pass:pw', '-v2', 'aes-256-cbc'),
      run('pkcs8', '-topk8', '-in', path('ec.key'), '-passout', 'pass:pw', '-v1', 'PBE-SHA1-3DES'),
    ];
    for (const key of keys) {
      const file = await readCertificateFile(withCertificate(key), 'pw', { withPrivateKey: true });
      expect(file).toMatchObject({ privateKeyOf: 0, privateKeyEncrypted: false });
      const read = createPrivateKey(privateKeyToPem(file.privateKeyPkcs8 ?? new Uint8Array()));
      expect(read.equals(createPrivateKey(privateKeyToPem(ec.privateKeyPkcs8)))).toBe(true);
    }
    const locked = withCertificate(keys[2] ?? '');
    await expect(readCertificateFile(locked, 'wrong', { withPrivateKey: true })).rejects.toMatchObject({
      code: 'passphrase-wrong',
    });
    expect(await readCertificateFile(locked, '', { withPrivateKey: true })).toMatchObject({
      privateKeyEncrypted: true,
    });
  });
});
