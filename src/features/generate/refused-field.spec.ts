import { describe, expect, it } from 'vitest';
import { RavenError } from '../../api/errors.ts';
import { refusedField } from './refused-field.ts';

const refused = (status: number, type: string, message: string) =>
  refusedField(new RavenError({ status, type, message, path: '/admin/certificates' }));

describe('refusedField', () => {
  it.each([
    ['Name is a required field in the certificate definition', { name: /^Name is a required/ }],
    [
      "Error in permissions in the certificate definition:The name 'a b' is not permitted.",
      { grants: /^The name 'a b' is not permitted/ },
    ],
    ['The certificate expiration date must be in the future.', { expiry: /expiration date/ }],
  ])('“%s” belongs to its field', (message, field) => {
    const [[name, pattern] = ['', /^$/]] = Object.entries(field);
    expect(refused(500, 'System.ArgumentException', message)).toEqual({
      [name]: expect.stringMatching(pattern) as string,
    });
  });
  it('a missing licence is about the databases', () => {
    const type = 'Raven.Client.Exceptions.Commercial.LicenseLimitException';
    expect(refused(402, type, 'Your license does not include read-only certificates')).toHaveProperty('grants');
    expect(refused(402, type, '')?.grants).toMatch(/licence/);
  });
  it('everything else is about no field', () => {
    expect(refused(500, 'System.InvalidOperationException', 'Cannot generate a certificate')).toBeNull();
    expect(refused(403, 'InvalidAuth', 'The certificate expiration date')).toBeNull();
    expect(refusedField(new Error('x'))).toBeNull();
  });
});
