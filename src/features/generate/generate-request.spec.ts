import { describe, expect, it } from 'vitest';
import { emptyForm, type GenerateForm } from './generate-form.ts';
import { generateRequest } from './generate-request.ts';

const now = Date.parse('2026-11-21T15:30:12Z');
const form: GenerateForm = {
  ...emptyForm,
  name: '  orders  service ',
  grants: [
    { item: 'Orders', level: 'ReadWrite' },
    { item: '__proto__', level: 'Read' },
  ],
  twoFactor: true,
  codeCheck: 'passed',
};
const none = { passphrase: '', authenticationKey: null };

describe('generateRequest', () => {
  it('says everything that the form says', () => {
    expect(generateRequest(form, { passphrase: ' secret ', authenticationKey: 'ABCD' }, now)).toEqual({
      name: 'orders  service',
      clearance: 'ValidUser',
      permissions: [
        { database: 'Orders', access: 'ReadWrite' },
        { database: '__proto__', access: 'Read' },
      ],
      notAfter: Date.parse('2031-11-21T23:59:59Z'),
      passphrase: ' secret ',
      authenticationKey: 'ABCD',
    });
  });
  it('leaves out what was not asked for', () => {
    expect(Object.keys(generateRequest({ ...form, twoFactor: false }, none, now))).toEqual([
      'name',
      'clearance',
      'permissions',
      'notAfter',
    ]);
    const off = generateRequest({ ...form, twoFactor: false }, { passphrase: '', authenticationKey: 'ABCD' }, now);
    expect(off).not.toHaveProperty('authenticationKey');
  });
  it.each(['Operator', 'ClusterAdmin'] as const)('gives an %s no databases, as it reaches all', (clearance) => {
    expect(generateRequest({ ...form, clearance }, none, now).permissions).toEqual([]);
  });
  it('refuses an expiry that is none', () => {
    const wrong = { ...form, expiry: { ...form.expiry, amount: '0' } };
    expect(() => generateRequest(wrong, none, now)).toThrow(RangeError);
  });
});
