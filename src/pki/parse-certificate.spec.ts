import { createHash, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import * as asn1js from 'asn1js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CertificateFileError } from './certificate-file-error.ts';
import { parseCertificate } from './parse-certificate.ts';
import { parsePem } from './pem.ts';

const samples = new URL('../../e2e/conformance/certs/', import.meta.url);

function derOf(file: URL): Uint8Array {
  const block = parsePem(readFileSync(file, 'latin1')).find(({ label }) => label === 'CERTIFICATE');
  if (!block?.der) throw new Error(`no certificate in ${file.href}`);
  return block.der;
}

describe('agrees with Node on', () => {
  const names = readdirSync(samples).filter((name) => name.endsWith('.pem'));
  test.each(names)('%s', async (name) => {
    const der = derOf(new URL(name, samples));
    const facts = await parseCertificate(der);
    const node = new X509Certificate(der);
    expect(facts.thumbprint).toBe(node.fingerprint.replaceAll(':', ''));
    expect(facts.serialNumber).toBe(node.serialNumber);
    expect(new Date(facts.notBefore)).toEqual(new Date(node.validFrom));
    expect(new Date(facts.notAfter)).toEqual(new Date(node.validTo));
    expect(facts.isCertificateAuthority).toBe(node.ca);
    expect(facts.subject).toBe(node.subject.split('\n').reverse().join(', '));
    expect(facts.issuer).toBe(node.issuer.split('\n').reverse().join(', '));
    expect(facts.selfIssued).toBe(node.subject === node.issuer);
    const spki = node.publicKey.export({ type: 'spki', format: 'der' });
    expect(facts.pinningHash).toBe(createHash('sha256').update(spki).digest('base64'));
    expect([facts.keyAlgorithm, facts.keySize]).toEqual(
      node.publicKey.asymmetricKeyType === 'rsa'
        ? ['RSA', node.publicKey.asymmetricKeyDetails?.modulusLength]
        : ['EC', 256],
    );
    expect(facts.extendedKeyUsages).toEqual((node.keyUsage as string[] | undefined) ?? []);
  });
});

test('a name with every attribute is shown as RavenDB (.NET on Linux) shows it', async () => {
  // The text is what a RavenDB 7.2.7 answered for this certificate as a well-known issuer.
  const facts = await parseCertificate(derOf(new URL('./samples/long-name.pem', import.meta.url)));
  expect(facts.subject).toBe(
    'CN=Root CA, generationQualifier=III, pseudonym=ps, dnQualifier=q, businessCategory=Private, userId=u1, DC=example, ' +
      'E=a@b.c, Description=what, SERIALNUMBER=77, I=AS, SN=Smith, G=Al, T=Dr, OU=Zürich 😀, OU="<x>", OU=has, OU="a=b", ' +
      'OU=back\\slash, OU="semi;colon", OU="a+b", O="Acme, Inc.", PostalCode=60311, STREET=Main 1, L=Frankfurt, S=Hesse, C=DE',
  );
  expect(facts.commonName).toBe('Root CA');
  expect(facts).toMatchObject({ isCertificateAuthority: true, keyUsages: ['keyCertSign'], curve: 'P-256' });
});

test('names of a server certificate are listed with their kinds', async () => {
  const facts = await parseCertificate(derOf(new URL('newserver.pem', samples)));
  expect(facts.subjectAlternativeNames).toEqual([
    { type: 'dns', value: 'localhost' },
    { type: 'ip', value: '127.0.0.1' },
  ]);
  expect(facts.keyUsages).toEqual(['digitalSignature', 'keyEncipherment']);
});

test('a serial number in more bytes than it takes is refused, as OpenSSL refuses it', async () => {
  const [name = ''] = readdirSync(samples).filter((file) => file.endsWith('.pem'));
  const der = derOf(new URL(name, samples));
  const withSerial = (...bytes: number[]) => {
    const { result: root } = asn1js.fromBER(der);
    const [tbs] = root instanceof asn1js.Sequence ? root.valueBlock.value : [];
    if (!(tbs instanceof asn1js.Sequence)) throw new Error('no certificate');
    tbs.valueBlock.value[1] = new asn1js.Integer({ valueHex: Uint8Array.from(bytes) });
    return new Uint8Array(root.toBER());
  };
  for (const serial of [[0], [1], [0, 0x80], [0x80], [0xff], [0xff, 0x7f]]) {
    await expect(parseCertificate(withSerial(...serial))).resolves.toBeDefined();
    expect(() => new X509Certificate(withSerial(...serial))).not.toThrow();
  }
  for (const padded of [
    [0, 1],
    [0, 0x7f],
    [0, 0, 0x80],
    [0xff, 0x80],
  ]) {
    await expect(parseCertificate(withSerial(...padded))).rejects.toThrow(CertificateFileError);
    expect(() => new X509Certificate(withSerial(...padded))).toThrow();
  }
});

test('a byte changed anywhere never crashes it, and bytes after the end are refused', async () => {
  const der = derOf(new URL('newserver.pem', samples));
  const offset = fc.nat(der.length - 1);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(offset, fc.nat(255)), { minLength: 1, maxLength: 4 }), async (changes) => {
      const broken = der.slice();
      for (const [at, byte] of changes) broken[at] = byte;
      const result = await parseCertificate(broken).catch((error: unknown) => error);
      if (result instanceof Error) expect(result).toBeInstanceOf(CertificateFileError);
    }),
    { numRuns: 500 },
  );
  await expect(parseCertificate(Uint8Array.from([...der, 0]))).rejects.toMatchObject({ code: 'not-a-certificate' });
});
