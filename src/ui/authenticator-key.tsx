import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import css from './authenticator-key.module.css';
import { Button } from './button.tsx';
import { CodeField } from './code-field.tsx';
import { CopyButton } from './copy-button.tsx';
import { Icon } from './icon.tsx';

/** How far the code of the authenticator app was checked. */
export type CodeCheck = 'open' | 'passed' | 'skipped';

/**
 * A new authentication key on its way into an authenticator app: QR code, the key to type, and a first code as proof that it arrived.
 * Render it only while the key is wanted: it leaves the page with this component.
 */
export function AuthenticatorKey({
  uri,
  authenticationKey,
  check,
  codeCheck,
  onCodeCheck,
  error,
}: {
  /** `otpauth:` */
  uri: string;
  authenticationKey: string;
  /** What is wrong with a code of six digits; null when it is right. */
  check: (code: string) => string | null;
  codeCheck: CodeCheck;
  onCodeCheck: (codeCheck: CodeCheck) => void;
  /** What the form wants of it, such as the missing code. */
  error?: string | undefined;
}) {
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const complete = (full: string) => {
    const problem = check(full);
    setWrong(problem);
    if (problem === null) onCodeCheck('passed');
    else setCode('');
  };
  return (
    <div className={css.panel}>
      <div className={css.code}>
        <QRCodeSVG value={uri} size={148} level="Q" marginSize={2} title="QR code of the authentication key" />
      </div>
      <div className={css.steps}>
        <div className={css.step}>
          <span className={css.label}>1. Scan with an authenticator app, or enter the key there</span>
          <span className={css.line}>
            <span className={css.key}>{authenticationKey.replace(/(.{4})(?=.)/g, '$1 ')}</span>
            <CopyButton text={authenticationKey} label="Copy authentication key" />
          </span>
        </div>
        {codeCheck === 'passed' ? (
          <p className={css.passed} role="status">
            <Icon name="success" /> The app shows the right codes.
          </p>
        ) : (
          <CodeField
            label="2. Enter the code that it shows"
            value={code}
            onChange={(next) => {
              setCode(next);
              if (next !== '') setWrong(null);
              if (codeCheck === 'skipped') onCodeCheck('open');
            }}
            onComplete={complete}
            error={wrong ?? (codeCheck === 'open' ? error : undefined)}
          />
        )}
        <p className={css.note}>
          The key is shown only now.{' '}
          {codeCheck === 'open' ? (
            <Button variant="quiet" size="small" onClick={() => onCodeCheck('skipped')}>
              Skip the check
            </Button>
          ) : codeCheck === 'skipped' ? (
            'The code is not checked: whoever uses this certificate is locked out if the app has another key.'
          ) : null}
        </p>
      </div>
    </div>
  );
}
