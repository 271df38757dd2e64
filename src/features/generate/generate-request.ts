import type { GenerateCertificate } from '../../api/certificates.ts';
import { permissionsOf } from '../../domain/rights.ts';
import { expiryEnd } from './expiry.ts';
import type { GenerateForm } from './generate-form.ts';

/** What the form doesn't hold; both are read at the last moment. */
export interface GenerateSecrets {
  /** Empty: none. */
  readonly passphrase: string;
  /** Base32; null without a second factor. */
  readonly authenticationKey: string | null;
}

/**
 * The request that a valid form asks for. Blanks around the name go; those of the passphrase stay. Databases are sent for users only:
 * everybody else reaches all of them.
 * @param now milliseconds UTC
 * @throws RangeError for a form that `validateGenerate` refuses
 */
export function generateRequest(form: GenerateForm, secrets: GenerateSecrets, now: number): GenerateCertificate {
  const notAfter = expiryEnd(form.expiry, now);
  if (typeof notAfter === 'string') throw new RangeError(notAfter);
  return {
    name: form.name.trim(),
    clearance: form.clearance,
    permissions: permissionsOf(form),
    notAfter,
    ...(secrets.passphrase === '' ? {} : { passphrase: secrets.passphrase }),
    ...(form.twoFactor && secrets.authenticationKey !== null ? { authenticationKey: secrets.authenticationKey } : {}),
  };
}
