import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useState } from 'react';
import { checkCode, wrongCodeText } from '../../pki/check-code.ts';
import { authenticationUri, generateAuthenticationKey } from '../../pki/totp.ts';
import { useApi } from '../../queries/api-context.ts';
import { serverUrlQuery } from '../../queries/server.ts';
import { AuthenticatorKey, type CodeCheck } from '../../ui/authenticator-key.tsx';

/** A new authentication key, lent to the form for as long as this is shown; it leaves memory and page with it. */
export function NewKey({
  name,
  keyRef,
  codeCheck,
  problem,
  onCodeCheck,
}: {
  /** Of the certificate, for the authenticator app. */
  name: string;
  keyRef: RefObject<string | null>;
  codeCheck: CodeCheck;
  problem: string | undefined;
  onCodeCheck: (codeCheck: CodeCheck) => void;
}) {
  const { data: url } = useQuery(serverUrlQuery(useApi()));
  const [key] = useState(generateAuthenticationKey);
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
