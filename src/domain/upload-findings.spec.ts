import { expect, test } from 'vitest';
import type { Certificate, CertificateList } from '../api/types.ts';
import { certificateOf } from './certificate-harness.ts';
import { day } from './certificate-state.ts';
import { byGravity, whatIsMissing } from './finding.ts';
import { type UploadCandidate, uploadFindings } from './upload-findings.ts';
import { versionOneHash } from './version-one.ts';

const now = Date.UTC(2026, 10, 21);
const entry = (thumbprint: string, more: Partial<Certificate> = {}) =>
  certificateOf({
    name: `name of ${thumbprint}`,
    thumbprint,
    notBefore: now - day,
    notAfter: now + day,
    pinningHash: `key of ${thumbprint}`,
    ...more,
  });
const list = (...certificates: Certificate[]): CertificateList => ({
  certificates: [entry('SERVER', { clearance: 'ClusterNode' }), ...certificates],
  loadedServerThumbprint: 'SERVER',
  loadedServerThumbprintForCommunication: null,
  wellKnownAdmins: ['wk'],
  wellKnownIssuers: [],
});
const candidate = (thumbprint: string, more: Partial<UploadCandidate> = {}): UploadCandidate => ({
  thumbprint,
  subject: `CN=${thumbprint}`,
  hasVersion: true,
  pinningHash: `key of ${thumbprint}`,
  notBefore: now - day,
  notAfter: now + day,
  keyAlgorithm: 'RSA',
  keySize: 4096,
  curve: null,
  extendedKeyUsages: ['1.3.6.1.5.5.7.3.2'],
  isCertificateAuthority: false,
  ...more,
});
const admin = { thumbprint: 'ME', clearance: 'ClusterAdmin' } as const;
const operator = { thumbprint: 'ME', clearance: 'Operator' } as const;
const find = (
  candidates: UploadCandidate[],
  registered: CertificateList = list(),
  viewer: typeof admin | typeof operator = admin,
) => uploadFindings(candidates, { list: registered, viewer, now });
const levels = (...args: Parameters<typeof find>) => find(...args).map(({ id, level }) => `${level} ${id}`);

test('nothing to say of a sound new certificate', () => {
  expect(find([candidate('A')])).toEqual([]);
});

test('a key that TLS can’t present is named before it is registered', () => {
  expect(levels([candidate('A', { keyAlgorithm: 'EC', keySize: 256, curve: 'secp256k1' })])).toEqual([
    'warn key-kind-A',
  ]);
});

test('the server’s own can’t be sent', () => {
  expect(levels([candidate('server')])).toEqual(['error server-server']);
});

test('what would be overwritten needs a person’s word, and says what is lost', () => {
  const registered = list(entry('A', { hasTwoFactor: true, disabled: true }));
  const [finding] = find([candidate('a')], registered);
  expect(finding).toMatchObject({ level: 'confirm', about: 'A', agreement: 'Replace the settings of “name of A”' });
  expect(finding?.text).toContain('second factor');
  expect(finding?.text).toContain('will be enabled');
});

test('one of version 1 needs a person’s word, and isn’t said to have another’s key', () => {
  const one = candidate('A', { hasVersion: false });
  expect(levels([one])).toEqual(['confirm version-1-A']);
  // On a server that reads their keys a second certificate with the key is what it always is.
  expect(levels([one], list(entry('B', { pinningHash: one.pinningHash })))).toEqual([
    'confirm version-1-A',
    'warn same-key-A',
  ]);
  const registered = list(entry('B', { pinningHash: versionOneHash }));
  expect(levels([candidate('A', { hasVersion: false, pinningHash: versionOneHash })], registered)).toEqual([
    'confirm version-1-A',
  ]);
  expect(find([one, candidate('B')])[0]?.title).toBe('CN=A: It is a certificate of X.509 version 1.');
});

test('an operator can’t demote an admin by uploading its certificate again', () => {
  const registered = list(entry('A', { clearance: 'ClusterAdmin' }));
  expect(levels([candidate('A')], registered, operator)).toEqual(['error above-A']);
  expect(levels([candidate('A')], registered, admin)).toEqual(['confirm registered-A']);
});

test('a collection that is torn apart is said, one that is whole isn’t', () => {
  const registered = list(entry('A', { secondaryThumbprints: ['B'] }), entry('B', { primaryThumbprint: 'A' }));
  expect(levels([candidate('A')], registered)).toEqual(['confirm registered-A', 'confirm orphans-A']);
  expect(levels([candidate('A'), candidate('B')], registered)).toEqual([
    'confirm registered-A',
    'confirm registered-B',
  ]);
  expect(levels([candidate('B')], registered)).toEqual(['confirm registered-B', 'note leaves-B']);
});

test('the same key in another entry is a warning that names what it undoes', () => {
  const registered = list(entry('B', { pinningHash: 'key of A', hasTwoFactor: true, disabled: true }));
  const [finding] = find([candidate('A')], registered);
  expect(finding).toMatchObject({ level: 'warn', about: 'B' });
  expect(finding?.text).toMatch(/second factor.*let in again/s);
  expect(levels([candidate('A')], list(entry('B')))).toEqual([]);
});

test('what the certificate itself says', () => {
  const odd = { keySize: 1024, extendedKeyUsages: ['1.3.6.1.5.5.7.3.1'], isCertificateAuthority: true };
  expect(levels([candidate('A', { ...odd, notAfter: now - 1 })])).toEqual([
    'warn expired-A',
    'warn usage-A',
    'warn authority-A',
    'warn weak-A',
  ]);
  expect(levels([candidate('A', { notBefore: now + 1 })])).toEqual(['warn not-yet-A']);
  expect(levels([candidate('A', { extendedKeyUsages: [] })])).toEqual([]);
  expect(levels([candidate('WK')])).toEqual(['warn well-known-WK']);
});

test('sending waits for the last agreement, and never comes past an error', () => {
  const registered = list(entry('A'), entry('B'));
  const findings = byGravity(find([candidate('A'), candidate('B')], registered));
  expect(whatIsMissing(findings, new Set())).toContain('name of A');
  expect(whatIsMissing(findings, new Set(['registered-A']))).toContain('name of B');
  expect(whatIsMissing(findings, new Set(['registered-A', 'registered-B']))).toBeUndefined();
  const refused = byGravity(find([candidate('A'), candidate('SERVER')], registered));
  expect(refused[0]?.level).toBe('error');
  expect(whatIsMissing(refused, new Set(refused.map(({ id }) => id)))).toContain('server itself');
});
