import { readdirSync, readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import * as asn1js from 'asn1js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CertificateFileError } from './certificate-file-error.ts';
import { readHead } from './certificate-head.ts';
import { parseCertificate } from './parse-certificate.ts';
import { toPem } from './pem.ts';
import { readCertificateFile } from './read-certificate-file.ts';
import { writePfx } from './write-pfx.ts';

const samples = new URL('../../e2e/conformance/certs/', import.meta.url);
const derOf = (name: string) => new Uint8Array(new X509Certificate(readFileSync(new URL(name, samples))).raw);
const alice = derOf('alice.pem');

/** Alice's certificate with other children of its body. The signature isn't hers any more, which nobody looks at here. */
function changed(change: (body: asn1js.Sequence, fields: asn1js.AsnType[]) => void): Uint8Array {
  const { result: root } = asn1js.fromBER(alice);
  const [body] = root instanceof asn1js.Sequence ? root.valueBlock.value : [];
  if (!(body instanceof asn1js.Sequence)) throw new Error('no certificate');
  change(body, body.valueBlock.value);
  return new Uint8Array(root.toBER());
}

type Tag = 'utc' | 'generalized';
function withDate(which: 'notBefore' | 'notAfter', tag: Tag, text: string): Uint8Array {
  const written = new asn1js.Primitive({
    idBlock: { tagClass: 1, tagNumber: tag === 'utc' ? 23 : 24 },
    valueHex: Uint8Array.from(Buffer.from(text, 'latin1')),
  });
  return changed((_body, fields) => {
    const validity = fields[4];
    if (!(validity instanceof asn1js.Sequence)) throw new Error('no validity');
    validity.valueBlock.value[which === 'notBefore' ? 0 : 1] = written;
  });
}

/** What RavenDB 7.2.7 answered to these dates: what it listed, or nothing where it refused the certificate. */
const measured: readonly [tag: Tag, text: string, listed?: string][] = [
  ['utc', '360101000000Z', '2036-01-01T00:00:00.000Z'],
  ['utc', '360229000000Z', '2036-02-29T00:00:00.000Z'],
  ['utc', '360101000059Z', '2036-01-01T00:00:59.000Z'],
  ['utc', '500101000000Z', '1950-01-01T00:00:00.000Z'],
  ['utc', '20360101000000Z', '2036-01-01T00:00:00.000Z'],
  ['generalized', '20360101000000Z', '2036-01-01T00:00:00.000Z'],
  ['generalized', '00010101000000Z', '0001-01-01T00:00:00.000Z'],
  ['generalized', '99991231235959Z', '9999-12-31T23:59:59.000Z'],
  ['generalized', '360101000000Z', '2036-01-01T00:00:00.000Z'],
  ['utc', '3601010000Z'],
  ['utc', '361301000000Z'],
  ['utc', '360001000000Z'],
  ['utc', '36AB01000000Z'],
  ['utc', '360101000000'],
  ['utc', '360230000000Z'],
  ['utc', '350229000000Z'],
  ['utc', '360100000000Z'],
  ['utc', '360132000000Z'],
  ['utc', '360101000060Z'],
  ['utc', '360101006000Z'],
  ['utc', '360101240000Z'],
  ['utc', ''],
  ['utc', '360101000000+0100'],
  ['utc', '360101000000-0100'],
  ['utc', '360101000000z'],
  ['utc', '360101000000.5Z'],
  ['utc', '360101000000Z '],
  ['utc', '360101000000Z\0'],
  ['utc', '36010100 000Z'],
  ['generalized', '00000101000000Z'],
  ['generalized', '20360101000000'],
  ['generalized', '203601010000Z'],
  ['generalized', '2036010100Z'],
  ['generalized', '20360101000000.5Z'],
  ['generalized', '20360101000000,5Z'],
  ['generalized', '20360101000000+0100'],
  ['generalized', '20360101000000+01'],
  ['generalized', '20360101000060Z'],
  ['generalized', '20360101240000Z'],
  ['generalized', '20360230000000Z'],
  ['generalized', '2036XX01000000Z'],
  ['generalized', '-0010101000000Z'],
  ['generalized', '120360101000000Z'],
  ['generalized', ''],
];

/** Deriving the keys of a PFX file takes a moment: one date that the parser takes, one that it doesn't. */
const inPfx = new Set(['361301000000Z', '2036XX01000000Z']);

describe.each(['notBefore', 'notAfter'] as const)('%s', (which) => {
  test.each(measured)('%s %s is read as RavenDB reads it', async (tag, text, listed) => {
    const der = withDate(which, tag, text);
    const date = readHead(der)?.[which];
    if (listed !== undefined) {
      expect(new Date(date ?? Number.NaN).toISOString()).toBe(listed);
      expect(new Date((await parseCertificate(der))[which]).toISOString()).toBe(listed);
      return;
    }
    expect(date).toBeNaN();
    const files = [
      der,
      Buffer.from(Buffer.from(der).toString('base64')),
      Buffer.from(`${toPem('CERTIFICATE', alice)}\n${toPem('CERTIFICATE', der)}\n`),
      ...(inPfx.has(text) ? [await writePfx({ certificates: [alice, der], encryption: 'compatible' })] : []),
    ];
    for (const file of files)
      await expect(readCertificateFile(new Uint8Array(file))).rejects.toMatchObject({ code: 'unreadable-dates' });
  });
});

test('version 1 is the one that writes no version', async () => {
  expect(readHead(alice)?.hasVersion).toBe(true);
  const der = changed((_body, fields) => void fields.shift());
  expect(readHead(der)?.hasVersion).toBe(false);
  expect((await parseCertificate(der)).hasVersion).toBe(false);
  expect((await parseCertificate(alice)).hasVersion).toBe(true);
});

test('BER that OpenSSL reads is read too', () => {
  const indefinite = changed((body) => {
    body.lenBlock.isIndefiniteForm = true;
    body.lenBlock.longFormUsed = true;
  });
  expect(indefinite).not.toEqual(alice);
  expect(readHead(indefinite)).toEqual(readHead(alice));
});

test('every sample is read as Node reads it', () => {
  for (const name of readdirSync(samples).filter((file) => file.endsWith('.pem'))) {
    const node = new X509Certificate(readFileSync(new URL(name, samples)));
    const head = readHead(new Uint8Array(node.raw));
    expect([head?.notBefore, head?.notAfter], name).toEqual([Date.parse(node.validFrom), Date.parse(node.validTo)]);
  }
});

test('whatever the bytes: a head, nothing, or dates that are no numbers, and never another error', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(alice.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      fc.nat(alice.length),
      async (changes, length) => {
        const broken = alice.slice(0, length);
        for (const [at, byte] of changes) if (at < length) broken[at] = byte;
        readHead(broken);
        const read = await parseCertificate(broken).catch((error: unknown) => error);
        if (read instanceof Error) expect(read).toBeInstanceOf(CertificateFileError);
        else expect([read]).toMatchObject([{ notAfter: expect.any(Number) }]);
      },
    ),
    { numRuns: 500 },
  );
  expect(readHead(new Uint8Array())).toBeUndefined();
  expect(readHead(Uint8Array.from(Array.from({ length: 5_000 }, (_, at) => (at % 2 === 0 ? 0x30 : 0x80))))).toBe(
    undefined,
  );
});
