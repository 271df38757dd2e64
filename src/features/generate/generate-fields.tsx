import type { RefObject } from 'react';
import { TwoFactorFields } from '../../parts/two-factor-fields.tsx';
import { useCapabilities } from '../../queries/use-capabilities.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { onDemand } from '../../ui/on-demand.tsx';
import { PassphraseField } from '../../ui/passphrase-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ExpiryField } from './expiry-field.tsx';
import css from './generate.module.css';
import type { GenerateForm } from './generate-form.ts';
import { KeyPart } from './key-part.tsx';
import { RightsFields } from './rights-fields.tsx';
import type { GenerateLimits, GenerateProblems } from './validate-generate.ts';

// QR code and one-time codes come when somebody wants them.
const ServerKey = onDemand(() => import('./server-key.tsx').then((part) => part.ServerKey), <Skeleton />);

/** Every field of the form. The two secrets aren't part of it: they stay where they are entered and shown. */
export function GenerateFields({
  form,
  limits,
  problems,
  nameTaken,
  passphrase,
  authenticationKey,
  successorOf,
  onChange,
  onPassphrase,
}: {
  form: GenerateForm;
  limits: GenerateLimits;
  problems: GenerateProblems;
  /** Whether another certificate has this name: allowed, but confusing. */
  nameTaken: boolean;
  passphrase: RefObject<HTMLInputElement | null>;
  /** Gets the key while there is one. */
  authenticationKey: RefObject<string | null>;
  /** Thumbprint of the certificate in whose place it comes: name and rights are the same, and not asked for. */
  successorOf: string | undefined;
  onChange: (change: Partial<GenerateForm>) => void;
  onPassphrase: (entered: boolean) => void;
}) {
  const encryptsKeyFile = useCapabilities()?.encryptsKeyFile === true && form.keyMaker === 'server';
  const protectedFiles = encryptsKeyFile
    ? 'Protects the .pfx and the .key file.'
    : 'Protects the .pfx file; the .key file beside it stays open.';
  return (
    <>
      {successorOf === undefined ? (
        <RightsFields form={form} limits={limits} problems={problems} nameTaken={nameTaken} onChange={onChange} />
      ) : (
        <KeptProblem problems={problems} thumbprint={successorOf} />
      )}
      <div className={css.pair}>
        <div data-field="expiry">
          <ExpiryField
            value={form.expiry}
            error={problems.expiry}
            now={limits.now}
            onChange={(expiry) => onChange({ expiry })}
          />
        </div>
        <PassphraseField
          label="Passphrase"
          optional
          ref={passphrase}
          hint={`${protectedFiles} It can’t be recovered.`}
          onInput={(event) => onPassphrase(event.currentTarget.value !== '')}
        />
      </div>
      <KeyPart form={form} onChange={onChange} />
      <div data-field="codeCheck" className={css.secondFactor}>
        <TwoFactorFields
          form={form}
          problem={problems.codeCheck}
          keyRef={authenticationKey}
          keyPart={ServerKey}
          onChange={onChange}
        />
      </div>
    </>
  );
}

/** What is wrong with a name or rights that can't be chosen here. */
function KeptProblem({ problems, thumbprint }: { problems: GenerateProblems; thumbprint: string }) {
  const problem = problems.name ?? problems.clearance ?? problems.grants;
  if (problem === undefined) return null;
  return (
    <Notice
      tone="error"
      title="It can’t be issued with the same name and rights"
      actions={
        <LinkButton size="small" to={`/generate?from=${encodeURIComponent(thumbprint)}`}>
          Choose others
        </LinkButton>
      }
    >
      {problem}
    </Notice>
  );
}
