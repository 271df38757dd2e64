import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import * as asn1js from 'asn1js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePem, pkcs8OfPkcs1, pkcs8OfSec1, privateKeyToPem, toPem } from './pem.ts';

test('what is written is read again, with 64 characters a line and no line break at the end', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (der) => {
      const pem = toPem('CERTIFICATE', der);
      expect(pem).toMatch(/^-----BEGIN CERTIFICATE-----\n(?:.{64}\n)*(?:.{1,64}\n)?-----END CERTIFICATE-----$/);
      expect(parsePem(`Bag Attributes\r\n${pem.replaceAll('\n', '\r\n')}\r\nmore`)).toEqual([
        { label: 'CERTIFICATE', der: Uint8Array.from(der), encrypted: false },
      ]);
    }),
  );
});

test('an RSA key becomes the PKCS#1 text that OpenSSL writes, others PKCS#8', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const pkcs8 = new Uint8Array(rsa.export({ type: 'pkcs8', format: 'der' }));
  expect(privateKeyToPem(pkcs8)).toBe(String(rsa.export({ type: 'pkcs1', format: 'pem' })).trimEnd());
  expect(pkcs8OfPkcs1(new Uint8Array(rsa.export({ type: 'pkcs1', format: 'der' })))).toEqual(pkcs8);
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const ecPkcs8 = new Uint8Array(ec.export({ type: 'pkcs8', format: 'der' }));
  expect(privateKeyToPem(ecPkcs8)).toBe(String(ec.export({ type: 'pkcs8', format: 'pem' })).trimEnd());
  const wrapped = pkcs8OfSec1(
    new Uint8Array(ec.export({ type: 'sec1', format: 'der' })),
    new asn1js.ObjectIdentifier({ value: '1.2.840.10045.3.1.7' }),
  );
  expect(createPrivateKey({ key: Buffer.from(wrapped), format: 'der', type: 'pkcs8' }).equals(ec)).toBe(true);
});

test('a block without an end, or with rubbish in it, is no certificate', () => {
  expect(parsePem('-----BEGIN CERTIFICATE-----\nAAAA')).toEqual([]);
  expect(parsePem('-----BEGIN CERTIFICATE-----\nA§\n-----END CERTIFICATE-----')).toEqual([
    { label: 'CERTIFICATE', der: null, encrypted: false },
  ]);
});

test('megabytes of beginnings without ends are read in no time', () => {
  const text = '-----BEGIN CERTIFICATE-----\n'.repeat(150_000);
  const start = performance.now();
  expect(parsePem(text)).toEqual([]);
  // Quadratic search takes minutes here, so a second tells the two apart on any machine.
  expect(performance.now() - start).toBeLessThan(1000);
});
