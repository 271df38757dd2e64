import { expect, test } from 'vitest';
import { coversHost, hostNames } from './host-coverage.ts';

const dns = (...values: string[]) => ({
  commonName: 'ignored.example',
  subjectAlternativeNames: values.map((value) => ({ type: 'dns', value })),
});

test.each([
  ['a.acme.example', 'a.acme.example', true],
  ['A.Acme.Example', 'a.acme.example.', true],
  ['*.acme.example', 'a.acme.example', true],
  ['*.acme.example', 'acme.example', false],
  ['*.acme.example', 'a.b.acme.example', false],
  ['*.example', 'acme.example', false],
  ['a*.acme.example', 'ab.acme.example', false],
  ['*.0.0.1', '127.0.0.1', false],
  ['acme.example', 'evil-acme.example', false],
])('%s covers %s: %s', (name, host, covered) => {
  expect(coversHost(dns(name), host)).toBe(covered);
});

test('the common name counts only where no alternative name is a host', () => {
  expect(coversHost({ commonName: 'a.example', subjectAlternativeNames: [] }, 'a.example')).toBe(true);
  expect(coversHost(dns('b.example'), 'ignored.example')).toBe(false);
  expect(hostNames({ commonName: 'x', subjectAlternativeNames: [{ type: 'email', value: 'a@b.c' }] })).toEqual(['x']);
});

test('addresses match as addresses', () => {
  const certificate = { commonName: null, subjectAlternativeNames: [{ type: 'ip', value: '::1' }] };
  expect(coversHost(certificate, '[::1]')).toBe(true);
  expect(coversHost(certificate, '127.0.0.1')).toBe(false);
});
