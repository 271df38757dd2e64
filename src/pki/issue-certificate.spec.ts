import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { isIssuedBy, isSelfSigned } from './chain.ts';
import {
  issueClientCertificate,
  issueServerIdentity,
  selfSignedClientCertificate,
  type ServerIdentity,
} from './issue-certificate.ts';
import { parseCertificate } from './parse-certificate.ts';
import { publicBitsOfCertificate, publicBitsOfKey, UnsupportedKeyError } from './private-key.ts';

const day = 86_400_000;
const validity = { notBefore: Date.UTC(2026, 0, 1), notAfter: Date.UTC(2031, 0, 1) };
const clientAuthentication = '1.3.6.1.5.5.7.3.2';
let identity: ServerIdentity;
beforeAll(async () => {
  const hosts = ['node.raven.example', '127.0.0.1', '::1', '2001:db8::7:0:1', '*.raven.example'];
  identity = await issueServerIdentity({ hosts, authorityName: 'Spec CA', ...validity });
});

describe('a client certificate', () => {
  test('is what RavenDB generates', { timeout: 60_000 }, async () => {
    const name = `Ops, "night" = shift\n#1 + ${'x'.repeat(300)}`;
    const issuer = { issuerDer: identity.server.der, issuerKey: identity.server.privateKeyPkcs8 };
    const { der, privateKeyPkcs8 } = await issueClientCertificate({ name, ...validity, ...issuer });
    const facts = await parseCertificate(der);
    const server = await parseCertificate(identity.server.der);
    expect(facts).toMatchObject({
      commonName: name,
      issuer: 'CN=node.raven.example',
      ...validity,
      keyAlgorithm: 'RSA',
      keySize: 4096,
      signatureAlgorithm: 'SHA-512 with RSA',
      keyUsages: ['digitalSignature', 'keyEncipherment'],
      extendedKeyUsages: [clientAuthentication],
      subjectAlternativeNames: [],
      isCertificateAuthority: false,
    });
    expect(facts.serialNumber).toMatch(/^[4-7][0-9A-F]{39}$/);
    expect(await isIssuedBy(facts, server)).toBe(true);
    expect(await publicBitsOfKey(privateKeyPkcs8)).toEqual(publicBitsOfCertificate(facts.der));
    expect(new X509Certificate(der).verify(new X509Certificate(identity.server.der).publicKey)).toBe(true);
  });

  test('keeps dates on both sides of 2050 and to the end of time', async () => {
    for (const notAfter of [
      Date.UTC(2049, 11, 31, 23, 59, 59),
      Date.UTC(2050, 0, 1),
      Date.UTC(9999, 11, 31, 23, 59, 59),
    ]) {
      const made = {
        name: 'x',
        algorithm: 'P-256',
        notBefore: Date.UTC(2026, 0, 1),
        notAfter: notAfter + 999,
      } as const;
      const { der } = await selfSignedClientCertificate(made);
      expect((await parseCertificate(der)).notAfter).toBe(notAfter);
      expect(new Date(new X509Certificate(der).validTo).getTime()).toBe(notAfter);
    }
  });

  test('is refused with a sentence when the issuer key is of no use', async () => {
    const request = { name: 'x', ...validity, issuerDer: identity.server.der };
    for (const issuerKey of [new Uint8Array(), identity.server.privateKeyPkcs8.slice(1), identity.server.der])
      await expect(issueClientCertificate({ ...request, issuerKey })).rejects.toThrow(UnsupportedKeyError);
  });
});

test('a server identity names its hosts and is signed by its authority', async () => {
  const [server, authority] = await Promise.all([identity.server.der, identity.authority.der].map(parseCertificate));
  if (!server || !authority) throw new Error('unreachable');
  expect(server.subjectAlternativeNames).toEqual([
    { type: 'dns', value: 'node.raven.example' },
    { type: 'ip', value: '127.0.0.1' },
    { type: 'ip', value: '::1' },
    { type: 'ip', value: '2001:db8::7:0:1' },
    { type: 'dns', value: '*.raven.example' },
  ]);
  expect(server.extendedKeyUsages).toEqual(['1.3.6.1.5.5.7.3.1', clientAuthentication]);
  expect(authority).toMatchObject({ isCertificateAuthority: true, keyUsages: ['keyCertSign', 'cRLSign'] });
  expect(await isIssuedBy(server, authority)).toBe(true);
  expect(await isSelfSigned(authority)).toBe(true);
  const node = new X509Certificate(identity.server.der);
  expect(node.checkHost('node.raven.example') && node.checkIP('::1') && node.checkIP('127.0.0.1')).toBeTruthy();
  expect(node.checkIssued(new X509Certificate(identity.authority.der))).toBe(true);
});

test('self-signed certificates carry any name and their own key', { timeout: 60_000 }, async () => {
  const anyName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(anyName, async (name) => {
      const made = { name, algorithm: 'P-256', notBefore: Date.now(), notAfter: Date.now() + day } as const;
      const { der, privateKeyPkcs8 } = await selfSignedClientCertificate(made);
      const facts = await parseCertificate(der);
      expect(facts).toMatchObject({
        commonName: name,
        keyUsages: ['digitalSignature'],
        curve: 'P-256',
        selfIssued: true,
      });
      expect(await isSelfSigned(facts)).toBe(true);
      expect(await publicBitsOfKey(privateKeyPkcs8)).toEqual(publicBitsOfCertificate(facts.der));
    }),
    { numRuns: 50 },
  );
  const rsa = await selfSignedClientCertificate({ name: 'rsa', algorithm: 'RSA-4096', ...validity });
  expect(await parseCertificate(rsa.der)).toMatchObject({
    keySize: 4096,
    keyUsages: ['digitalSignature', 'keyEncipherment'],
  });
});
