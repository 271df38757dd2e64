import { describe, expect, it } from 'vitest';
import { emptyForm } from './generate-form.ts';
import { hereOrder } from './here-order.ts';

const now = Date.UTC(2026, 10, 21, 13, 14, 15);
const form = { ...emptyForm, name: ' ../orders ', grants: [{ item: 'Orders', level: 'ReadWrite' as const }] };

describe('hereOrder', () => {
  it('tells the server nothing but the settings', () => {
    const { settings } = hereOrder(form, { passphrase: 'secret', authenticationKey: null }, now);
    expect(settings).toEqual({
      name: '../orders',
      clearance: 'ValidUser',
      permissions: [{ database: 'Orders', access: 'ReadWrite' }],
    });
  });
  it('has the certificate begin a week ago and end with the form’s last day', () => {
    const { task } = hereOrder({ ...form, keyAlgorithm: 'RSA-4096' }, { passphrase: '', authenticationKey: null }, now);
    expect(task.request).toEqual({
      name: '../orders',
      algorithm: 'RSA-4096',
      notBefore: Date.UTC(2026, 10, 14),
      notAfter: Date.UTC(2031, 10, 21, 23, 59, 59),
    });
  });
  it('names files so that they stay in their folder, and keeps blanks of the passphrase', () => {
    const secrets = { passphrase: ' with blanks ', authenticationKey: 'A'.repeat(32) };
    const { task, zipName, settings } = hereOrder({ ...form, twoFactor: true }, secrets, now);
    expect([task.baseName, zipName]).toEqual(['__orders', '__orders.zip']);
    expect(task.passphrase).toBe(' with blanks ');
    expect(settings.authenticationKey).toBe('A'.repeat(32));
  });
  it('refuses what the form should have refused', () => {
    const wrong = { ...form, expiry: { ...form.expiry, amount: 'x' } };
    expect(() => hereOrder(wrong, { passphrase: '', authenticationKey: null }, now)).toThrow(RangeError);
  });
});
