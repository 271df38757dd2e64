import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { thumbprintInZip } from './certificate-zip.ts';

const pem = readFileSync('e2e/conformance/certs/alice.pem', 'utf8');
const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem)?.[0] ?? '';
const der = Buffer.from(certificate.replace(/-----[^-]+-----|\s/g, ''), 'base64');
const thumbprint = createHash('sha1').update(der).digest('hex').toUpperCase();
const zip = (files: Record<string, string>): Blob =>
  new Blob([
    Uint8Array.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))),
  ]);

describe('thumbprintInZip', () => {
  it.each(['alice', '../alice', '日本', 'x.crt', 'a/b'])('reads it from the .crt of “%s”', async (name) => {
    const files = { [`${name}.pfx`]: 'pfx', [`${name}.crt`]: certificate, [`${name}.key`]: 'key' };
    expect(await thumbprintInZip(zip(files))).toBe(thumbprint);
  });
  it('is null where there is none', async () => {
    expect(await thumbprintInZip(zip({ 'a.crt': 'no PEM', 'a.pfx': certificate }))).toBeNull();
    expect(await thumbprintInZip(zip({}))).toBeNull();
    expect(await thumbprintInZip(new Blob(['no zip']))).toBeNull();
  });
});
