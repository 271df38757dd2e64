import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect } from 'react';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { checkCode, wrongCodeText } from '../../pki/check-code.ts';
import { authenticationUri } from '../../pki/totp.ts';
import { useApi } from '../../queries/api-context.ts';
import { serverUrlQuery } from '../../queries/server.ts';
import { AuthenticatorKey, type CodeCheck } from '../../ui/authenticator-key.tsx';
import { Button } from '../../ui/button.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import css from './generate.module.css';
import { useAuthenticationKey } from './use-authentication-key.ts';

/** A new authentication key, lent to the form for as long as this is shown; it leaves memory and page with it. */
export function TwoFactorPart({
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
  const api = useApi();
  const { data: url } = useQuery(serverUrlQuery(api));
  const { answer, retry } = useAuthenticationKey(api);
  const key = answer.state === 'ready' ? answer.key : null;
  useEffect(() => {
    keyRef.current = key;
    return () => {
      keyRef.current = null;
    };
  }, [key, keyRef]);
  if (answer.state === 'failed')
    return (
      <FailureNotice
        what="There is no authentication key yet"
        error={answer.error}
        actions={
          <Button size="small" icon="refresh" onClick={retry}>
            Try again
          </Button>
        }
      />
    );
  if (key === null)
    return (
      <div className={css.waiting}>
        <Spinner label="Asking the server for an authentication key" />
      </div>
    );
  return (
    <AuthenticatorKey
      uri={authenticationUri({
        issuer: url === undefined ? 'RavenDB' : new URL(url).hostname,
        name: name.trim(),
        key,
      })}
      authenticationKey={key}
      check={(code) => {
        const checked = checkCode(key, code, Date.now());
        return checked.right ? null : wrongCodeText(checked.minutesAhead);
      }}
      codeCheck={codeCheck}
      onCodeCheck={onCodeCheck}
      error={problem}
    />
  );
}
