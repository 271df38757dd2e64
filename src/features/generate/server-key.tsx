import { useQuery } from '@tanstack/react-query';
import { type AuthenticationKeyProps, CheckedAuthenticationKey } from '../../parts/checked-authentication-key.tsx';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { serverUrlQuery } from '../../queries/server.ts';
import { Button } from '../../ui/button.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import css from './generate.module.css';
import { useAuthenticationKey } from './use-authentication-key.ts';

/** A new authentication key, made by the server. */
export function ServerKey(props: AuthenticationKeyProps) {
  const api = useApi();
  const { answer, retry } = useAuthenticationKey(api);
  // What shows the key needs it too: asked for beside the key, not after it.
  useQuery(serverUrlQuery(api));
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
  if (answer.state === 'loading')
    return (
      <div className={css.waiting}>
        <Spinner label="Asking the server for an authentication key" />
      </div>
    );
  return <CheckedAuthenticationKey {...props} authenticationKey={answer.key} />;
}
