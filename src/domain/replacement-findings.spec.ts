import { expect, test } from 'vitest';
import { day } from './certificate-state.ts';
import {
  type ReplacementCandidate,
  replacementFindings,
  type ReplacementSurroundings,
} from './replacement-findings.ts';

const now = Date.UTC(2026, 10, 21);
const sound: ReplacementCandidate = {
  thumbprint: 'NEW',
  issuer: 'CN=authority',
  selfIssued: false,
  commonName: 'a.example',
  subjectAlternativeNames: [{ type: 'dns', value: 'a.example' }],
  notBefore: now - day,
  notAfter: now + 400 * day,
  keyAlgorithm: 'RSA',
  keySize: 2048,
  keyUsages: ['digitalSignature', 'keyEncipherment'],
  extendedKeyUsages: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
};
const around: ReplacementSurroundings = {
  current: { thumbprint: 'OLD', issuer: 'CN=authority', notAfter: now + 10 * day },
  hosts: ['a.example'],
  ownIdentity: false,
  otherAdmins: [],
  communicationCertificate: true,
  now,
};
const levels = (candidate: Partial<ReplacementCandidate> = {}, more: Partial<ReplacementSurroundings> = {}) =>
  replacementFindings({ ...sound, ...candidate }, { ...around, ...more }).map(({ id, level }) => `${level} ${id}`);

test('nothing to say of a sound one', () => {
  expect(levels()).toEqual([]);
});

// Measured on RavenDB 7.2.7: each of these is answered with 500.
test.each([
  ['a key other than RSA', { keyAlgorithm: 'EC', keySize: 256 }, 'error algorithm'],
  ['an end that has passed', { notAfter: now - 1 }, 'error expired'],
  ['no key usage at all', { keyUsages: [] }, 'error digital-signature'],
  ['a client’s certificate', { extendedKeyUsages: ['1.3.6.1.5.5.7.3.2'] }, 'error server-authentication'],
  ['the one that is served', { thumbprint: 'OLD' }, 'error same'],
])('%s can’t be sent', (_, candidate, expected) => {
  expect(levels(candidate)).toContain(expected);
});

// 5.4.115 takes it (201), overwrites its own and never starts again; 5.4.207, 6.2.4 and 7.0.2 answer 500; 7.1.5 serves it.
test('one without client authentication can’t be sent where the nodes present it to each other', () => {
  const serverOnly = { extendedKeyUsages: ['1.3.6.1.5.5.7.3.1'] };
  expect(levels(serverOnly, { communicationCertificate: false })).toEqual(['error client-authentication']);
  expect(levels({}, { communicationCertificate: false })).toEqual([]);
});

test('what RavenDB takes without a word is said', () => {
  expect(levels({}, { hosts: ['a.example', 'b.example'] })).toEqual(['confirm hosts']);
  expect(levels({ notBefore: now + day })).toEqual(['warn not-yet']);
  expect(levels({ notAfter: now + day })).toEqual(['warn shorter']);
  expect(levels({ issuer: 'CN=other' })).toEqual(['warn trust']);
  // The same name says nothing where everybody may give it to themselves.
  expect(levels({ selfIssued: true })).toEqual(['warn trust']);
  expect(levels({ extendedKeyUsages: ['1.3.6.1.5.5.7.3.1'] })).toEqual(['warn client-authentication']);
  expect(levels({ keySize: 1024 })).toEqual(['warn weak']);
});

test('the server’s own identity doesn’t saw off its branch', () => {
  expect(levels({}, { ownIdentity: true })).toEqual(['error lockout']);
  expect(levels({}, { ownIdentity: true, otherAdmins: ['ops'] })).toEqual(['confirm lockout']);
});
