import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { toBase64 } from './bytes.ts';
import { CertificateFileError } from './certificate-file-error.ts';
import { type IssuedCertificate, selfSignedClientCertificate } from './issue-certificate.ts';
import { privateKeyToPem, toPem } from './pem.ts';
import { type CertificateFile, readCertificateFile, type ReadOptions } from './read-certificate-file.ts';
import { writePfx } from './write-pfx.ts';

/** Files of the kinds that people have, made by the tools that make them; every passphrase is this one. */
const passphrase = 'Passw0rd!';
const ours = (name: string) => new Uint8Array(readFileSync(new URL(`./samples/${name}`, import.meta.url)));
const text = (value: string) => new TextEncoder().encode(value);
const names = ({ certificates }: CertificateFile) => certificates.map(({ commonName }) => commonName);
const why = (bytes: Uint8Array, given?: string, options?: ReadOptions) =>
  readCertificateFile(bytes, given, options).then(
    () => 'read',
    (error: unknown) => (error instanceof CertificateFileError ? error.message : error),
  );

let made: IssuedCertificate;
let other: IssuedCertificate;
let pem: string;
beforeAll(async () => {
  const request = { algorithm: 'P-256', notBefore: 0, notAfter: 1e12 } as const;
  made = await selfSignedClientCertificate({ name: 'made', ...request });
  other = await selfSignedClientCertificate({ name: 'other', ...request });
  pem = toPem('CERTIFICATE', made.der);
});

describe('PKCS#12 of many rounds', () => {
  test('as Firefox and NSS write it is read, with its key and with progress', { timeout: 60_000 }, async () => {
    const told: number[] = [];
    const options = { withPrivateKey: true, onProgress: (done: number) => told.push(done) };
    const file = await readCertificateFile(ours('rounds-firefox-nss-default.p12'), passphrase, options);
    expect(names(file)[file.privateKeyOf ?? -1]).toBe('field ec');
    expect(told.length).toBeGreaterThan(10);
    expect(told).toEqual(told.toSorted((one, next) => one - next));
    expect(told.at(-1)).toBe(1);
  });

  test('asks for the passphrase before it works', async () => {
    for (const name of ['rounds-firefox-nss-default.p12', 'rounds-mac-600000-content-1.pfx']) {
      const told: number[] = [];
      const reading = readCertificateFile(ours(name), undefined, { onProgress: (done) => told.push(done) });
      await expect(reading).rejects.toMatchObject({ code: 'passphrase-required' });
      // No slow round is done: what is done at all are the few of the content.
      expect(told.filter((done) => done > 0.01)).toEqual([]);
    }
  });

  test('and a wrong passphrase is told by its content, not by its slow MAC', async () => {
    const told: number[] = [];
    const options = { onProgress: (done: number) => told.push(done) };
    const reading = readCertificateFile(ours('rounds-firefox-nss-default.p12'), 'wrong', options);
    await expect(reading).rejects.toMatchObject({ code: 'passphrase-wrong' });
    expect(Math.max(0, ...told)).toBeLessThan(0.5);
  });

  test('without a passphrase: the empty one (NSS) and none at all (GnuTLS)', { timeout: 120_000 }, async () => {
    expect(names(await readCertificateFile(ours('nss-empty-password.p12'), ''))).toEqual(['osl']);
    expect(names(await readCertificateFile(ours('gnutls-no-password.p12'), ''))).toEqual(['osl']);
  });
});

test.each(['mac-md5.pfx', 'pbe-des-cbc.pfx', 'pbe-md5-des.pfx', 'pbe-sha1-rc2-64.pfx', 'pbe-rc2-64-cbc.pfx'])(
  'the old protection of %s is opened, key and all',
  async (name) => {
    const file = await readCertificateFile(ours(name), passphrase, { withPrivateKey: true });
    expect(file).toMatchObject({ format: 'pfx', privateKeyOf: 0 });
  },
);

describe('bytes around', () => {
  test('bytes behind the end of DER and PFX don’t matter', async () => {
    for (const tail of ['\n', '\r\n', '\0\0\0\0', 'anything'])
      expect(names(await readCertificateFile(Buffer.concat([made.der, text(tail)])))).toEqual(['made']);
    expect(names(await readCertificateFile(ours('trailing-newline.pfx'), passphrase))).toContain('field ec');
  });

  test('OpenSSL’s trusted certificates are certificates', async () => {
    expect(names(await readCertificateFile(ours('trusted-certificate.pem')))).toEqual(['field ec']);
  });

  test('a broken certificate beside a good one is named and left out', async () => {
    const file = await readCertificateFile(ours('second-block-broken.pem'));
    expect(names(file)).toEqual(['field ec']);
    const [note = ''] = file.notes;
    expect(note).toMatch(/^Certificate 2 of 2 in the file can’t be read/);
    const first = text(`-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${pem}`);
    expect((await readCertificateFile(first)).notes).toEqual([note.replace('2 of', '1 of')]);
  });

  test('PKCS#7 is unpacked, in DER, PEM and base64', async () => {
    const chain = ours('p7b-chain.p7b');
    for (const bytes of [chain, text(toPem('PKCS7', chain)), text(toBase64(chain))])
      expect(await readCertificateFile(bytes)).toMatchObject({
        format: 'pkcs7',
        certificates: [{ commonName: 'field ec' }, { commonName: 'Field Issuing' }, { commonName: 'Field Root' }],
      });
  });
});

describe('zip', () => {
  const zip = (files: Record<string, Uint8Array>) => zipSync(files, { level: 0 });

  test('RavenDB’s own is read, with its key where that is wanted', async () => {
    const download = ours('ravendb-download.zip');
    expect(await readCertificateFile(download)).toMatchObject({ format: 'pem', notes: [/gen\.crt/] });
    expect(await readCertificateFile(download, '', { withPrivateKey: true })).toMatchObject({ privateKeyOf: 0 });
  });

  test('a setup package gives the admin’s, several of others are named', async () => {
    const files = { 'a.crt': text(pem), 'b.crt': text(toPem('CERTIFICATE', other.der)) };
    expect(await why(zip(files))).toBe(
      'The zip holds several certificates: a.crt, b.crt. Unpack it and choose one of them.',
    );
    const admin = {
      'admin.client.certificate.x.pfx': await writePfx({ certificates: [made.der], encryption: 'compatible' }),
    };
    expect(names(await readCertificateFile(zip({ ...files, ...admin })))).toEqual(['made']);
  });

  test('others are called what they are', async () => {
    expect(await why(zip({ 'readme.txt': text('hello') }))).toMatch(/^The zip holds no certificate\./);
    expect(await why(zip({ 'a.crt': text(pem) }).slice(0, 60))).toMatch(/^The zip can’t be unpacked here/);
    expect(await why(zip({ 'a.pfx': new Uint8Array(5_000_000) }))).toMatch(/larger than 4 MB/);
  });
});

describe('text as it comes out of mails, chats and sources', () => {
  const lines = (change: (line: string) => string) => pem.split('\n').map(change).join('\n');
  test.each<[string, () => string]>([
    ['a line behind it', () => `${pem}\n\nRegards, Bob\n`],
    ['\\n as two characters', () => pem.replaceAll('\n', '\\n')],
    ['\\r\\n as four', () => `${pem.replaceAll('\n', '\\r\\n')}\\r\\n`],
    ['a JSON string', () => JSON.stringify({ cert: pem }).slice('{"cert":'.length, -1)],
    ['PHP’s JSON', () => JSON.stringify(`${pem}\n`).replaceAll('/', '\\/')],
    ['an .env line', () => `CLIENT_CERT="${pem.replaceAll('\n', '\\n')}"`],
    ['quoted in a mail', () => lines((line) => `> ${line}`)],
    ['quoted twice', () => lines((line) => `>> ${line}`)],
    ['a comment', () => lines((line) => `# ${line}`)],
    ['indented as in YAML', () => `cert: |\n${lines((line) => `    ${line}`)}`],
    ['a source’s string', () => lines((line) => `  "${line}\\n" +`)],
    ['zero-width spaces', () => lines((line) => `\u200b${line.slice(0, 20)}\u200b${line.slice(20)}\ufeff`)],
    ['no-break spaces', () => lines((line) => `\u00a0${line}`)],
    ['one line', () => pem.replaceAll('\n', ' ')],
    ['long dashes', () => pem.replaceAll('-----', '\u2014\u2014')],
    ['four hyphens', () => pem.replaceAll('-----', '----')],
    [
      'small letters',
      () => pem.replaceAll('CERTIFICATE', 'certificate').replaceAll('BEGIN', 'begin').replaceAll('END', 'end'),
    ],
    ['old line ends', () => pem.replaceAll('\n', '\r')],
    ['blank lines', () => pem.replaceAll('\n', '\n\n')],
    ['base64 for URLs', () => toBase64(made.der).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')],
    ['a data URL', () => `data:application/x-x509-ca-cert;base64,${toBase64(made.der)}`],
    ['base64 of PEM, as in a kubeconfig', () => toBase64(text(pem))],
  ])('%s', async (_, written) => {
    expect(names(await readCertificateFile(text(written())))).toEqual(['made']);
  });

  test('UTF-16 with and without a byte order mark', async () => {
    for (const mark of ['\ufeff', '']) {
      const little = Buffer.from(mark + pem, 'utf16le');
      expect(names(await readCertificateFile(new Uint8Array(little)))).toEqual(['made']);
      expect(names(await readCertificateFile(new Uint8Array(Buffer.from(little).swap16())))).toEqual(['made']);
    }
  });
});

describe('private keys', () => {
  const withKey = { withPrivateKey: true };

  test('the one that belongs to the certificate is taken, and others are mentioned', async () => {
    const file = await readCertificateFile(ours('two-keys-own-second.pem'), '', withKey);
    expect(file).toMatchObject({ privateKeyOf: 0, notes: [expect.stringContaining('several private keys')] });
    const foreign = await readCertificateFile(ours('key-of-other-type.pem'), '', withKey);
    expect(foreign).toMatchObject({ privateKeyOf: -1 });
    expect(await readCertificateFile(ours('upload-key-of-another.pfx'), '', withKey)).toMatchObject({
      privateKeyOf: -1,
    });
  });

  test('scrypt is opened', async () => {
    expect(await readCertificateFile(ours('key-scrypt.pem'), passphrase, withKey)).toMatchObject({ privateKeyOf: 0 });
    expect(await why(ours('key-scrypt.pem'), 'wrong', withKey)).toMatch(
      /^The passphrase does not open the private key/,
    );
  });

  test.each(['secp256k1', 'brainpoolP256r1', 'secp224r1'])(
    'of the curve %s are matched without WebCrypto',
    async (namedCurve) => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve });
      const key = toPem('PRIVATE KEY', new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })));
      expect(await readCertificateFile(text(`${pem}\n${key}`), '', withKey)).toMatchObject({ privateKeyOf: -1 });
    },
  );

  test('a key that doesn’t tell isn’t called another’s', async () => {
    const { privateKey } = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
    const key = toPem('PRIVATE KEY', new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })));
    expect((await readCertificateFile(text(`${pem}\n${key}`), '', withKey)).privateKeyOf).toBeUndefined();
  });

  test('SEC 1 keys', async () => {
    const key = createPrivateKey(privateKeyToPem(made.privateKeyPkcs8)).export({ type: 'sec1', format: 'pem' });
    expect(await readCertificateFile(text(`${pem}\n${String(key)}`), '', withKey)).toMatchObject({ privateKeyOf: 0 });
  });
});

describe('key kinds have names', () => {
  test.each([
    ['secp256k1.cer', { keyAlgorithm: 'EC', curve: 'secp256k1' }],
    ['dsa.cer', { keyAlgorithm: 'DSA', curve: null }],
  ])('%s', async (name, facts) => {
    expect((await readCertificateFile(ours(name))).certificates[0]).toMatchObject(facts);
  });
});

describe('other files are called what they are, with the next step', () => {
  const bytes = (...head: number[]) => Uint8Array.from([...head, ...Array.from({ length: 60 }, (_, at) => at * 37)]);
  const publicKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
  test.each<[string, () => Uint8Array, RegExp]>([
    ['empty', () => new Uint8Array(), /^The file is empty\. Copy or download it again/],
    ['only blanks', () => text(' \n\t\n'), /^The file is empty/],
    ['JKS', () => ours('keystore.jks'), /^This is a Java keystore \(JKS\)\. Convert it with “keytool -importkeystore /],
    ['JCEKS', () => bytes(0xce, 0xce, 0xce, 0xce, 0, 0, 0, 2), /\(JCEKS\)\. .*-srcstoretype JCEKS/],
    ['BKS', () => bytes(0, 0, 0, 2, 0, 0, 0, 20), /Bouncy Castle keystore \(BKS\)\. Export the certificate/],
    ['DER cut off', () => made.der.slice(0, 100), /^The file is cut off: 100 of \d+ bytes are there\. Copy/],
    [
      'PEM cut off',
      () => text(pem.slice(0, 200)),
      /^The text is cut off: “-----END CERTIFICATE-----” is missing\. Copy/,
    ],
    ['PEM with a piece missing', () => text(toPem('CERTIFICATE', made.der.slice(0, -9))), /^The file is cut off/],
    ['sent as text by FTP', () => mangled(made.der), /^The file was changed on its way: .* in binary mode/],
    ['opened and saved as text', () => text(new TextDecoder().decode(made.der)), /^The file was changed on its way/],
    ['CRL', () => text(toPem('X509 CRL', Uint8Array.of(0x30, 0))), /^This is a list of revoked certificates \(CRL\)/],
    ['CSR', () => text(toPem('CERTIFICATE REQUEST', Uint8Array.of(0x30, 0))), /^This is a request for a certificate/],
    ['public key', () => text(String(publicKey().export({ type: 'spki', format: 'pem' }))), /^This is a public key/],
    [
      'public key in DER',
      () => new Uint8Array(publicKey().export({ type: 'spki', format: 'der' })),
      /^This is a public key without a certificate\. Choose/,
    ],
    ['private key', () => text(privateKeyToPem(made.privateKeyPkcs8)), /a private key but no certificate\. Choose/],
    ['SSH key', () => text('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI bob@host'), /^This is an SSH key\. .* X\.509/],
    ['OpenSSH private key', () => text(toPem('OPENSSH PRIVATE KEY', bytes(1))), /^This is an SSH key/],
    ['PuTTY key', () => text('PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n'), /^This is an SSH key/],
    [
      'PGP key',
      () => text('-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQ\n-----END PGP PUBLIC KEY BLOCK-----'),
      /^This is a PGP key/,
    ],
    ['PGP key, binary', () => bytes(0x99, 0x01, 0x0d), /^This is a PGP key/],
    [
      'kubeconfig',
      () => text('apiVersion: v1\nkind: Config\nusers: []\n'),
      /^This is a kubeconfig\. Copy .*client-certificate-data/,
    ],
    ['web page', () => text('<!DOCTYPE html><html><body>Sign in</body></html>'), /^This is a web page/],
    ['gzip', () => bytes(0x1f, 0x8b, 8), /compressed \(gzip\)\. Unpack it/],
    ['too large', () => new Uint8Array(5_000_000), /^The file is larger than 4 MB\. Choose/],
    ['anything else', () => text('hello'), /^This is not a certificate file\. Choose/],
  ])('%s', async (_, file, sentence) => {
    expect(await why(file())).toMatch(sentence);
  });
});

/** What FTP's text mode makes of a file from a Unix machine on a Windows one. */
function mangled(der: Uint8Array): Uint8Array {
  const withBreaks = Buffer.concat([der, text('\n')]).toString('latin1');
  return new Uint8Array(Buffer.from(withBreaks.replaceAll('\n', '\r\n'), 'latin1'));
}
