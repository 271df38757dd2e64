import type { Certificate } from '../../api/types.ts';
import { type Rights, rightsOf } from '../../domain/rights.ts';
import type { CodeCheck } from '../../ui/authenticator-key.tsx';
import { defaultExpiry, type ExpiryForm, expiryLike } from './expiry.ts';

/**
 * The form as a person sees it, without its two secrets: the passphrase stays in its input and the authentication key with the part
 * that shows it, until the request is written.
 */
export interface GenerateForm extends Rights {
  readonly name: string;
  readonly expiry: ExpiryForm;
  readonly twoFactor: boolean;
  readonly codeCheck: CodeCheck;
  readonly keyMaker: 'server' | 'browser';
  /** The next two are for a key that is made in the browser. */
  readonly keyAlgorithm: 'P-256' | 'RSA-4096';
  readonly pfxEncryption: 'modern' | 'compatible';
}

export const emptyForm: GenerateForm = {
  name: '',
  clearance: 'ValidUser',
  grants: [],
  expiry: defaultExpiry,
  twoFactor: false,
  codeCheck: 'open',
  keyMaker: 'server',
  keyAlgorithm: 'P-256',
  pfxEncryption: 'modern',
};

/** `alice` → `alice (2)`, `alice (2)` → `alice (3)`: the next that isn't taken. */
export function nextName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name] = /^(.*\S) \(\d+\)$/su.exec(name) ?? [];
  let count = 2;
  while (taken.has(`${stem} (${count})`)) count += 1;
  return `${stem} (${count})`;
}

/** A form for a certificate with the same rights, span and second factor, and a name of its own. */
export function formLike(certificate: Certificate, taken: ReadonlySet<string>): GenerateForm {
  return {
    ...emptyForm,
    name: nextName(certificate.name, taken),
    ...rightsOf(certificate),
    expiry: expiryLike(certificate.notBefore, certificate.notAfter),
    twoFactor: certificate.hasTwoFactor === true,
  };
}

/** A form for a certificate in the place of another: its name, rights, span and second factor. */
export const formInPlaceOf = (certificate: Certificate): GenerateForm => ({
  ...formLike(certificate, new Set()),
  name: certificate.name,
});
