import { lazy, Suspense, useState } from 'react';
import css from './authenticator-setup.module.css';
import { Button } from './button.tsx';
import { CodeField } from './code-field.tsx';
import { CopyButton } from './copy-button.tsx';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';

const QrCode = lazy(() => import('./qr-code.tsx').then((module) => ({ default: module.QrCode })));

/** `open`: no right code yet; `skipped`: on purpose. */
export type AuthenticatorCheck = 'open' | 'passed' | 'skipped';

/** In groups of four, for reading and typing. */
const grouped = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

/**
 * Brings a secret to an authenticator app: as a QR code, as text, and with one code back as proof that it arrived. Neither the secret
 * nor its link stands in an attribute; both are gone from the document with this component.
 */
export function AuthenticatorSetup({
  secret,
  uri,
  state,
  error,
  check,
  onState,
}: {
  /** Base32. */
  secret: string;
  /** What the QR code says: an `otpauth:` link. */
  uri: string;
  state: AuthenticatorCheck;
  /** Why the form can't go on: shown at the code as long as none was checked. */
  error?: string | undefined;
  /** What is wrong with the code, null when it is right. */
  check: (code: string) => Promise<string | null>;
  onState: (state: AuthenticatorCheck) => void;
}) {
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string>();
  const complete = async (entered: string) => {
    const wrong = await check(entered);
    setProblem(wrong ?? undefined);
    if (wrong === null) onState('passed');
  };
  return (
    <div className={css.panel}>
      <div className={css.qr}>
        <Suspense fallback={null}>
          <QrCode text={uri} label="QR code of the authentication key" size={160} />
        </Suspense>
      </div>
      <div className={css.steps}>
        <div>
          <span className={css.label}>1. Scan, or enter the key</span>
          <div className={css.key}>
            <code>{grouped(secret)}</code>
            <CopyButton text={() => secret} label="Copy authentication key" />
          </div>
        </div>
        {state === 'open' ? (
          <CodeField
            label="2. Enter the code that the app shows"
            value={code}
            error={problem ?? error}
            onChange={(changed) => {
              setCode(changed);
              setProblem(undefined);
            }}
            onComplete={(entered) => void complete(entered)}
          />
        ) : null}
        <div role="status">
          {state === 'open' ? null : (
            <span className={cx(css.done, state === 'skipped' && css.skipped)}>
              <Icon name={state === 'passed' ? 'success' : 'warning'} />
              {state === 'passed'
                ? 'The code is right: the app has the key'
                : 'Not checked whether the app has the key'}
              {state === 'passed' ? null : (
                <Button size="small" onClick={() => onState('open')}>
                  Check it
                </Button>
              )}
            </span>
          )}
        </div>
        <p className={css.note}>
          The key is shown only now.
          {state === 'open' ? (
            <Button
              size="small"
              variant="quiet"
              onClick={() => {
                setCode('');
                setProblem(undefined);
                onState('skipped');
              }}
            >
              Skip the check
            </Button>
          ) : null}
        </p>
      </div>
    </div>
  );
}
