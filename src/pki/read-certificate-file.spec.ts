import { readFileSync } from 'node:fs';
import * as asn1js from 'asn1js';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { childrenOf, integerOf, parseAsn1, toDer } from './asn1.ts';
import { toBase64 } from './bytes.ts';
import { CertificateFileError } from './certificate-file-error.ts';
import { type IssuedCertificate, selfSignedClientCertificate } from './issue-certificate.ts';
import { privateKeyToPem, toPem } from './pem.ts';
import { MAX_CERTIFICATES, MAX_FILE_BYTES } from './file-limits.ts';
import { readCertificateFile } from './read-certificate-file.ts';
import { writePfx } from './write-pfx.ts';

const sample = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../e2e/conformance/certs/${name}`, import.meta.url)));
const ours = (name: string) => new Uint8Array(readFileSync(new URL(`./samples/${name}`, import.meta.url)));
const text = (value: string) => new TextEncoder().encode(value);

const problem = (bytes: Uint8Array, passphrase?: string) =>
  readCertificateFile(bytes, passphrase).then(
    () => 'read',
    (error: unknown) => (error instanceof CertificateFileError ? error.code : error),
  );
const names = async (bytes: Uint8Array, passphrase?: string) =>
  (await readCertificateFile(bytes, passphrase)).certificates.map(({ commonName }) => commonName);

let alice: Uint8Array;
let made: IssuedCertificate;
beforeAll(async () => {
  alice = (await readCertificateFile(sample('alice.pem'))).certificates[0]?.der ?? new Uint8Array();
  made = await selfSignedClientCertificate({ name: 'made', algorithm: 'P-256', notBefore: 0, notAfter: 1e12 });
});

describe('formats', () => {
  test('DER, and base64 of it in one line or many', async () => {
    expect(await readCertificateFile(alice)).toMatchObject({ format: 'der', hasPrivateKey: false });
    for (const wrapped of [toBase64(alice), toBase64(alice).replaceAll(/.{76}/g, '$&\r\n'), ` ${toBase64(alice)}\n`])
      expect(await names(text(wrapped))).toEqual(['alice']);
  });

  test('PEM with several certificates, with text around, in base64, in UTF-16, with a byte order mark', async () => {
    const pem = `notes\n${toPem('CERTIFICATE', alice)}\r\n\r\n${toPem('X509 CERTIFICATE', made.der)}\n`;
    expect(await names(text(pem))).toEqual(['alice', 'made']);
    expect(await names(text(toBase64(text(pem))))).toEqual(['alice', 'made']);
    expect(await names(new Uint8Array(Buffer.from(`\ufeff${pem}`, 'utf16le')))).toEqual(['alice', 'made']);
    expect(await names(text(`\ufeff${pem}`))).toEqual(['alice', 'made']);
  });

  test('PFX keeps the order of its bags, and base64 of it counts as PFX', async () => {
    expect(await names(sample('three.pfx'))).toEqual(['carol', 'dave', 'erin']);
    expect(await readCertificateFile(text(toBase64(sample('three.pfx'))))).toMatchObject({ format: 'pfx' });
    expect(await names(sample('bob-secret.pfx'), 'secret')).toEqual(['bob']);
  });

  test('what RavenDB generates, with and without a passphrase', async () => {
    const options = { withPrivateKey: true };
    const open = await readCertificateFile(ours('ravendb-generated.pfx'), '', options);
    expect(open).toMatchObject({ hasPrivateKey: true, privateKeyOf: 0, certificates: [{ commonName: 'nopw, "x"' }] });
    const locked = await readCertificateFile(ours('ravendb-generated-passphrase.pfx'), 'sécret😀', options);
    expect(locked).toMatchObject({ privateKeyOf: 0, certificates: [{ subject: 'CN=pw', keySize: 4096 }] });
  });
});

describe('private keys', () => {
  test('are only handed out when asked for', async () => {
    for (const name of ['alice.pem', 'alice.pfx']) {
      const without = await readCertificateFile(sample(name));
      expect(without.hasPrivateKey).toBe(true);
      expect(without).not.toHaveProperty('privateKeyPkcs8');
    }
  });

  test('are told which certificate they belong to', async () => {
    const pem = text(
      `${privateKeyToPem(made.privateKeyPkcs8)}\n${toPem('CERTIFICATE', alice)}\n${toPem('CERTIFICATE', made.der)}`,
    );
    const file = await readCertificateFile(pem, '', { withPrivateKey: true });
    expect(file.privateKeyPkcs8).toEqual(made.privateKeyPkcs8);
    expect(file.privateKeyOf).toBe(1);
    const foreign = text(`${privateKeyToPem(made.privateKeyPkcs8)}\n${toPem('CERTIFICATE', alice)}`);
    expect(await readCertificateFile(foreign, '', { withPrivateKey: true })).toMatchObject({ privateKeyOf: -1 });
  });

  test('are noticed when encrypted, the new way and the old', async () => {
    const certificate = toPem('CERTIFICATE', alice);
    const old = `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----`;
    for (const key of [toPem('ENCRYPTED PRIVATE KEY', Uint8Array.of(0x30, 0)), old])
      expect(await readCertificateFile(text(`${key}\n${certificate}`))).toMatchObject({
        hasPrivateKey: true,
        privateKeyEncrypted: true,
      });
  });
});

describe('refusals', () => {
  test('a passphrase that is missing is told from one that is wrong', async () => {
    for (const encryption of ['modern', 'compatible'] as const) {
      const locked = await writePfx({ certificates: [made.der], passphrase: 'right', encryption });
      expect([await problem(locked), await problem(locked, 'wrong'), await problem(locked, 'right')]).toEqual([
        'passphrase-required',
        'passphrase-wrong',
        'read',
      ]);
      const open = await writePfx({ certificates: [made.der], encryption });
      expect([await problem(open), await problem(open, 'needless')]).toEqual(['read', 'passphrase-wrong']);
    }
  });

  test('the same in files without a MAC', async () => {
    for (const encryption of ['modern', 'compatible'] as const) {
      const plan = { certificates: [made.der], privateKeyPkcs8: made.privateKeyPkcs8, passphrase: 'right', encryption };
      const bare = withoutMac(await writePfx(plan));
      const wrong = await Promise.all(
        ['w1', 'w2', 'w3', 'w4', 'w5', 'w6'].map((passphrase) => problem(bare, passphrase)),
      );
      expect(new Set(wrong)).toEqual(new Set(['passphrase-wrong']));
      expect([await problem(bare), await problem(bare, 'right')]).toEqual(['passphrase-required', 'read']);
    }
  });

  test('requests and lonely keys are called what they are', async () => {
    expect(await problem(text(privateKeyToPem(made.privateKeyPkcs8)))).toBe('no-certificate');
    expect(await problem(made.privateKeyPkcs8)).toBe('no-certificate');
    expect(await problem(text(toPem('CERTIFICATE REQUEST', Uint8Array.of(0x30, 0))))).toBe('not-a-certificate');
    expect(await problem(await writePfx({ certificates: [], encryption: 'compatible' }))).toBe('no-certificate');
  });

  test('rubbish, empty files and cut ones', async () => {
    const pem = text(toPem('CERTIFICATE', alice));
    const cut = [
      alice.slice(0, -1),
      pem.slice(0, -30),
      sample('alice.pfx').slice(0, 300),
      new Uint8Array(),
      text('hello'),
    ];
    for (const bytes of [...cut, text('AAAA'), Uint8Array.of(0x30), Uint8Array.of(0x30, 0x80), Uint8Array.of(0x30, 0)])
      expect(await problem(bytes)).toBe('not-a-certificate');
  });

  test('too much work, before it begins', async () => {
    const start = performance.now();
    for (const encryption of ['modern', 'compatible'] as const) {
      const pfx = await writePfx({ certificates: [made.der], passphrase: 'x', encryption });
      const iterations = encryption === 'modern' ? 100_000 : 2000;
      for (const count of [1_000_000_000, 4_000_000_000, 2 ** 47, 0])
        expect(await problem(patchIterations(pfx, iterations, count), 'x')).toBe('too-expensive');
    }
    // 10^9 rounds would take minutes.
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('too large files and too many certificates', async () => {
    expect(await problem(new Uint8Array(MAX_FILE_BYTES + 1).fill(0x30))).toBe('too-large');
    const many = `${toPem('CERTIFICATE', alice)}\n`.repeat(MAX_CERTIFICATES + 1);
    expect(await problem(text(many))).toBe('too-large');
  });

  test('endless nesting, in the file and in what it wraps', async () => {
    const deep = nested(500_000);
    expect(await problem(deep)).toBe('not-a-certificate');
    expect(await problem(text(toPem('CERTIFICATE', deep)))).toBe('not-a-certificate');
    // Indefinite lengths need two bytes a level.
    expect(await problem(new Uint8Array(2_000_000).map((_, at) => (at % 2 ? 0x80 : 0x30)))).toBe('not-a-certificate');
  });
});

describe('never fails with anything but a CertificateFileError', () => {
  const fails = async (bytes: Uint8Array, passphrase?: string) => {
    const code = await problem(bytes, passphrase);
    expect(code).toBeTypeOf('string');
  };

  test('whatever the bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.string(), fails), { numRuns: 500 });
    const sequences = fc
      .uint8Array({ maxLength: 60 })
      .map((content) => Uint8Array.of(0x30, content.length, ...content));
    await fc.assert(
      fc.asyncProperty(sequences, (bytes) => fails(bytes)),
      { numRuns: 500 },
    );
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }).map(text), (bytes) => fails(bytes)));
  });

  test.each(['three.pfx', 'bob-secret.pfx', 'leaf1-chain.pfx', 'two.p7b', 'newserver.pem'])(
    'whatever changes in %s',
    async (name) => {
      const bytes = sample(name);
      const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
      const changes = fc.array(change, { minLength: 1, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(changes, async (places) => {
          const broken = bytes.slice();
          for (const [at, byte] of places) broken[at] = byte;
          await fails(broken, 'secret');
        }),
        { numRuns: 300 },
      );
    },
  );
});

function withoutMac(pfx: Uint8Array): Uint8Array {
  return toDer(new asn1js.Sequence({ value: childrenOf(parseAsn1(pfx)).slice(0, 2) }));
}

/** Replaces the iteration count of the MAC. */
function patchIterations(pfx: Uint8Array, from: number, to: number): Uint8Array {
  const [version, authSafe, mac] = childrenOf(parseAsn1(pfx));
  const [digest, salt, iterations] = childrenOf(mac);
  if (!version || !authSafe || !digest || !salt) throw new Error('no MAC');
  expect(integerOf(iterations)).toBe(from);
  const count = asn1js.Integer.fromBigInt(BigInt(to));
  const changed = new asn1js.Sequence({ value: [digest, salt, count] });
  return toDer(new asn1js.Sequence({ value: [version, authSafe, changed] }));
}

/** SEQUENCEs inside one another. */
function nested(levels: number): Uint8Array {
  const parts: number[] = [];
  let size = 0;
  for (let level = 0; level < levels; level += 1) {
    const length = size < 128 ? [size] : [0x83, (size >> 16) & 0xff, (size >> 8) & 0xff, size & 0xff];
    parts.push(...length.toReversed(), 0x30);
    size += length.length + 1;
  }
  return Uint8Array.from(parts.reverse());
}
