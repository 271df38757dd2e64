import type { ComponentType, RefObject } from 'react';
import { useCapabilities } from '../queries/use-capabilities.ts';
import type { CodeCheck } from '../ui/authenticator-key.tsx';
import { Switch } from '../ui/switch.tsx';
import type { AuthenticationKeyProps } from './checked-authentication-key.tsx';

interface TwoFactorForm {
  readonly twoFactor: boolean;
  readonly codeCheck: CodeCheck;
}

/** Whether a new certificate asks for a second factor, and the new key when it does; nothing where the server has none. */
export function TwoFactorFields({
  form,
  problem,
  keyRef,
  keyPart: KeyPart,
  onChange,
}: {
  form: TwoFactorForm & { readonly name: string };
  problem: string | undefined;
  /** Gets the key while there is one. */
  keyRef: RefObject<string | null>;
  /** Makes and shows the key; on demand, as QR code and one-time codes come when somebody wants them. */
  keyPart: ComponentType<AuthenticationKeyProps>;
  onChange: (change: Partial<TwoFactorForm>) => void;
}) {
  const offered = useCapabilities()?.twoFactor;
  if (offered === false) return null;
  return (
    <>
      <Switch
        label="Require two-factor authentication"
        hint="For certificates that people use: each session asks for a code of an authenticator app."
        disabledReason={offered === undefined ? 'Asking the server whether it has a second factor.' : undefined}
        checked={form.twoFactor}
        onChange={(event) => onChange({ twoFactor: event.target.checked, codeCheck: 'open' })}
      />
      {form.twoFactor ? (
        <KeyPart
          name={form.name}
          keyRef={keyRef}
          codeCheck={form.codeCheck}
          problem={problem}
          onCodeCheck={(codeCheck) => onChange({ codeCheck })}
        />
      ) : null}
    </>
  );
}
