import { RavenError } from '../../api/errors.ts';
import { explainError } from '../../domain/explain-error.ts';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import css from './server-certificate.module.css';

/** How a replacement ended, or why that can't be seen now. */
export function ReplacementOutcome({
  outcome,
  thumbprint,
  ownIdentity,
  onAgain,
}: {
  outcome: 'served' | 'cancelled' | Error;
  thumbprint: string;
  /** The console's identity was the certificate that was replaced. */
  ownIdentity: boolean;
  onAgain: () => void;
}) {
  if (outcome === 'served')
    return (
      <Notice
        tone="success"
        title="The new certificate is served."
        actions={<LinkButton to="/server">Show it</LinkButton>}
      >
        <p>
          Thumbprint <code className={css.mono}>{thumbprint}</code>
        </p>
        <p>Certificates that the old key signed stay valid; new ones are signed by the new key.</p>
      </Notice>
    );
  if (outcome === 'cancelled')
    return (
      <Notice
        tone="warn"
        title="The server still serves the old certificate."
        actions={<Button onClick={onAgain}>Try again</Button>}
      >
        Nothing is pending any more: the replacement was cancelled, or a node could not take the certificate over.
        RavenDB’s notifications and log say why.
      </Notice>
    );
  if (ownIdentity && outcome instanceof RavenError && (outcome.status === 403 || outcome.status === 401))
    return (
      <Notice tone="warn" title="The new certificate is served, and this console’s identity ended with the old one.">
        Start the console again with the file of another cluster admin: npm start -- --url … --pfx …
      </Notice>
    );
  const { title, detail, advice } = explainError(outcome);
  const untrusted = outcome instanceof RavenError && outcome.type === 'Gateway.ServerNotTrusted';
  return (
    <Notice
      tone="warn"
      title={untrusted ? 'The server shows its new certificate, which this console doesn’t trust yet.' : title}
    >
      <p>
        {untrusted
          ? `Start the console again: it shows the new fingerprint to confirm, or takes the issuer’s certificate with --ca. ${detail}`
          : `${detail} ${advice}`}
      </p>
      <p className={css.copyable}>
        <Spinner label="Looking again" /> This page looks every second, and goes on by itself.
      </p>
    </Notice>
  );
}
