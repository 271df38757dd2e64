import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect } from 'react';
import { checkCode, wrongCodeText } from '../pki/check-code.ts';
import { authenticationUri } from '../pki/totp.ts';
import { useApi } from '../queries/api-context.ts';
import { serverUrlQuery } from '../queries/server.ts';
import { AuthenticatorKey, type CodeCheck } from '../ui/authenticator-key.tsx';

/** What a form and the part that shows its new authentication key tell each other. */
export interface AuthenticationKeyProps {
  /** Of the certificate, for the authenticator app. */
  name: string;
  /** Gets the key while there is one. */
  keyRef: RefObject<string | null>;
  codeCheck: CodeCheck;
  problem: string | undefined;
  onCodeCheck: (codeCheck: CodeCheck) => void;
}

/**
 * An authentication key for the app of a person, tried with a code of it. It is lent to the form for as long as this is shown, and
 * leaves memory and page with it.
 */
export function CheckedAuthenticationKey({
  name,
  authenticationKey: key,
  keyRef,
  codeCheck,
  problem,
  onCodeCheck,
}: AuthenticationKeyProps & {
  /** Base32. */
  authenticationKey: string;
}) {
  const { data: url } = useQuery(serverUrlQuery(useApi()));
  useEffect(() => {
    keyRef.current = key;
    return () => {
      keyRef.current = null;
    };
  }, [key, keyRef]);
  const issuer = url === undefined ? 'RavenDB' : new URL(url).hostname;
  return (
    <AuthenticatorKey
      uri={authenticationUri({ issuer, name: name.trim(), key })}
      authenticationKey={key}
      check={(code) => {
        const answer = checkCode(key, code, Date.now());
        return answer.right ? null : wrongCodeText(answer.minutesAhead);
      }}
      codeCheck={codeCheck}
      onCodeCheck={onCodeCheck}
      error={problem}
    />
  );
}
