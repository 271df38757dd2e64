import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildChain, isIssuedBy, isSelfSigned } from './chain.ts';
import { issueClientCertificate, issueServerIdentity } from './issue-certificate.ts';
import { type CertificateFacts, parseCertificate } from './parse-certificate.ts';
import { readCertificateFile } from './read-certificate-file.ts';

async function sample(name: string): Promise<CertificateFacts> {
  const bytes = readFileSync(new URL(`../../e2e/conformance/certs/${name}.pem`, import.meta.url));
  const [first] = (await readCertificateFile(bytes)).certificates;
  if (!first) throw new Error(`no certificate in ${name}`);
  return first;
}

test('a leaf is issued by its own authority and by no other', async () => {
  const [leaf, leafOfOther, authority, other] = await Promise.all(['leaf1', 'leaf1other', 'ca1', 'ca2'].map(sample));
  if (!leaf || !leafOfOther || !authority || !other) throw new Error('samples are missing');
  expect(await isIssuedBy(leaf, authority)).toBe(true);
  expect(await isIssuedBy(leaf, other)).toBe(false);
  expect(await isIssuedBy(leafOfOther, other)).toBe(true);
  expect(await isIssuedBy(authority, leaf)).toBe(false);
  // The names fit, the signature doesn't.
  expect(await isIssuedBy({ ...leaf, issuerDer: other.subjectDer }, other)).toBe(false);
  // The signature fits, the names don't.
  expect(await isIssuedBy({ ...leaf, issuerDer: other.subjectDer }, authority)).toBe(false);
});

test('an impostor with the name of the authority is no issuer', async () => {
  const now = Date.now();
  const make = () => issueServerIdentity({ hosts: ['h'], authorityName: 'Same', notBefore: now, notAfter: now + 1e9 });
  const [one, two] = await Promise.all([make(), make()]);
  const [leaf, authority, impostor] = await Promise.all(
    [one.server.der, one.authority.der, two.authority.der].map(parseCertificate),
  );
  if (!leaf || !authority || !impostor) throw new Error('unreachable');
  expect(authority.subjectDer).toBe(impostor.subjectDer);
  expect(await isIssuedBy(leaf, authority)).toBe(true);
  expect(await isIssuedBy(leaf, impostor)).toBe(false);
  expect((await buildChain(leaf, [impostor, authority])).map(({ thumbprint }) => thumbprint)).toEqual([
    leaf.thumbprint,
    authority.thumbprint,
  ]);
});

test('self-signed is more than the same name twice', async () => {
  const alice = await sample('alice');
  expect(await isSelfSigned(alice)).toBe(true);
  const flipped = alice.der.slice();
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
  expect(await isSelfSigned({ ...alice, der: flipped })).toBe(false);
});

test.each(['ed25519', 'rsa-pss'] as const)('knows the signatures of %s keys', async (type) => {
  const bytes = readFileSync(new URL(`./samples/self-signed-${type}.pem`, import.meta.url));
  const [certificate] = (await readCertificateFile(bytes)).certificates;
  if (!certificate) throw new Error('the sample is missing');
  expect(await isSelfSigned(certificate)).toBe(true);
  const wrong = certificate.der.slice();
  wrong[wrong.length - 3] = (wrong.at(-3) ?? 0) ^ 4;
  expect(await isSelfSigned({ ...certificate, der: wrong })).toBe(false);
});

test('a chain ends at the leaf when nobody is known, and never runs in circles', async () => {
  const leaf = await sample('leaf1');
  expect(await buildChain(leaf, [])).toEqual([leaf]);
  expect(await buildChain(leaf, [leaf, leaf])).toEqual([leaf]);
});

test('Elliptic curve issuers sign clients too', { timeout: 60_000 }, async () => {
  for (const namedCurve of ['P-384', 'P-521']) {
    const issuerKey = new Uint8Array(
      generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'der' }),
    );
    const authority = await sample('ca1');
    const { der } = await issueClientCertificate({
      name: namedCurve,
      notBefore: 0,
      notAfter: 1e12,
      issuerDer: authority.der,
      issuerKey,
    });
    const facts = await parseCertificate(der);
    expect(facts.signatureAlgorithm).toBe(namedCurve === 'P-384' ? 'SHA-384 with ECDSA' : 'SHA-512 with ECDSA');
    expect(facts.issuerDer).toBe(authority.subjectDer);
    expect(await isIssuedBy(facts, authority)).toBe(false);
  }
});
