import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { errorTexts } from '../../domain/error-texts.ts';
import { dateText } from '../../domain/time-text.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import {
  renewalDateQuery,
  renewServerMutation,
  replacementQuery,
  setupModeQuery,
} from '../../queries/server-certificate.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { useToast } from '../../ui/toasts.tsx';
import css from './server-certificate.module.css';
import { useServedChange } from './use-served-change.ts';

const reasons: Readonly<Record<string, string>> = {
  None: 'This server was set up by hand (setup mode None), so nothing renews its certificate by itself. Replace it before it ends.',
  Secured:
    'This server was set up with a certificate of its own (setup mode Secured), so nothing renews it by itself. Replace it before it ends.',
  Initial: 'This server isn’t set up yet (setup mode Initial).',
  Unsecured: 'This server was set up without a certificate (setup mode Unsecured).',
};

/** Whether the server renews its certificate by itself, when, and the button that does it now. */
export function Renewal() {
  const api = useApi();
  const { data: mode, error: modeError } = useQuery(setupModeQuery(api));
  const renews = mode === 'LetsEncrypt';
  const { data: date, error: dateError } = useQuery({ ...renewalDateQuery(api), enabled: renews });
  const renew = useMutation(renewServerMutation(api));
  const [asks, setAsks] = useState(false);
  const toast = useToast();
  const [from, setFrom] = useState<string | null>(null);
  const { data: look } = useQuery(replacementQuery(api, from === null ? null : (served) => served !== from));
  const served = look?.servedThumbprint ?? null;
  useServedChange(served);
  const renewing = from !== null && served === from;
  const error = modeError ?? dateError;
  const reason =
    mode === undefined
      ? 'Asking the server how it was set up…'
      : renews
        ? undefined
        : (reasons[mode] ?? `In the setup mode ${mode} nothing renews the certificate by itself.`);
  return (
    <Card className={css.card} aria-label="Renewal">
      <div className={css.head}>
        <h2>Renewal</h2>
        <Button disabledReason={reason} onClick={() => setAsks(true)}>
          Renew now
        </Button>
      </div>
      {error !== null ? (
        <FailureNotice tone="warn" error={error} />
      ) : mode === undefined ? (
        <Skeleton width="80%" />
      ) : renews ? (
        <p className={css.text}>
          The server renews its certificate by itself (setup mode LetsEncrypt)
          {date == null ? '.' : `, next on ${dateText(date)}.`}
        </p>
      ) : (
        <p className={css.text}>{reason}</p>
      )}
      {renewing ? (
        <p className={css.copyable}>
          <Spinner label="Waiting for the new certificate" /> The server still shows the old one. This page looks every
          second.
        </p>
      ) : null}
      {asks ? (
        <FormDialog
          title="Renew the server certificate now?"
          submitLabel="Renew now"
          onClose={() => setAsks(false)}
          explainError={errorTexts}
          onSubmit={async () => {
            const started = await renew.mutateAsync();
            setAsks(false);
            setFrom(served);
            toast({
              text: started
                ? 'The server asks for a new certificate, and changes over when it has it.'
                : 'A renewal is running already.',
              tone: 'success',
            });
          }}
        >
          <p>
            The server asks Let’s Encrypt for a new certificate and takes it over on every node, without a restart. That
            takes a few minutes. The old certificate is refused as an identity from then on.
          </p>
        </FormDialog>
      ) : null}
    </Card>
  );
}
