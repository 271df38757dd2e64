import { describe, expect, it } from 'vitest';
import { certificateOf } from '../../domain/certificate-harness.ts';
import { formLike, nextName } from './generate-form.ts';

const certificate = certificateOf({
  name: 'orders',
  clearance: 'ValidUser',
  permissions: [
    { database: 'db1', access: 'Admin' },
    { database: 'db2', access: 'Unknown' },
  ],
  notBefore: Date.parse('2026-11-14T00:00:00Z'),
  notAfter: Date.parse('2027-11-21T00:00:00Z'),
  disabled: true,
  hasTwoFactor: true,
});

describe('nextName', () => {
  it.each([
    ['alice', [], 'alice (2)'],
    ['alice', ['alice (2)', 'alice (3)'], 'alice (4)'],
    ['alice (2)', ['alice (2)'], 'alice (3)'],
    ['(2)', [], '(2) (2)'],
    ['two\nlines (7)', [], 'two\nlines (2)'],
  ])('%j beside %j is %j', (name, taken, next) => {
    expect(nextName(name, new Set(taken))).toBe(next);
  });
});

describe('formLike', () => {
  it('takes over rights, span and second factor, under a name of its own', () => {
    expect(formLike(certificate, new Set(['orders']))).toEqual({
      name: 'orders (2)',
      clearance: 'ValidUser',
      grants: [{ item: 'db1', level: 'Admin' }],
      expiry: { unit: 'years', amount: '1', date: '' },
      twoFactor: true,
      codeCheck: 'open',
      keyMaker: 'server',
      keyAlgorithm: 'P-256',
      pfxEncryption: 'modern',
    });
  });
  it('offers only clearances that can be given', () => {
    expect(formLike({ ...certificate, clearance: 'ClusterNode' }, new Set()).clearance).toBe('ValidUser');
    expect(formLike({ ...certificate, clearance: 'Operator' }, new Set()).clearance).toBe('Operator');
  });
});
