import { useState } from 'react';
import { generateAuthenticationKey } from '../pki/totp.ts';
import { type AuthenticationKeyProps, CheckedAuthenticationKey } from './checked-authentication-key.tsx';

/** A new authentication key, made in this browser. Load it lazily: with it come QR code and one-time codes. */
export function NewAuthenticationKey(props: AuthenticationKeyProps) {
  const [key] = useState(generateAuthenticationKey);
  return <CheckedAuthenticationKey {...props} authenticationKey={key} />;
}
