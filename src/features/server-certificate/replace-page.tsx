import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { isClusterAdmin } from '../../domain/clearance.ts';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ReplaceForm } from './replace-form.tsx';
import { ReplacementProgress } from './replacement-progress.tsx';
import { CancelReplacement } from './cancel-replacement.tsx';
import { ReplacementOutcome } from './replacement-outcome.tsx';
import css from './server-certificate.module.css';
import { useReplacement } from './use-replacement.ts';

/** A new certificate for the server, on all of its nodes. */
export function ReplacePage() {
  const { data: me } = useQuery(whoAmIQuery(useApi()));
  return (
    <div className={css.page}>
      <PageHeader title="Replace the server certificate" back={{ to: '/server', label: 'Server' }}>
        RavenDB takes the new one over on every node, without a restart.
      </PageHeader>
      {me != null && !isClusterAdmin(me.clearance) ? (
        <EmptyState icon="lock" title="Only a cluster admin may replace it">
          <p>Ask one, or start the console with the certificate of one.</p>
        </EmptyState>
      ) : (
        <Replacing />
      )}
    </div>
  );
}

/** The form, until a replacement runs (this one, or one begun elsewhere); then how it goes. */
function Replacing() {
  const [cancelling, setCancelling] = useState<string | null>(null);
  return (
    <>
      <Stage onCancel={setCancelling} />
      {cancelling === null ? null : <CancelReplacement thumbprint={cancelling} onClose={() => setCancelling(null)} />}
    </>
  );
}

function Stage({ onCancel }: { onCancel: (thumbprint: string) => void }) {
  const [begun, setBegun] = useState<{ thumbprint: string; ownIdentity: boolean } | null>(null);
  const replacement = useReplacement(begun?.thumbprint ?? null);
  const { phase, thumbprint } = replacement;
  if (begun !== null && (replacement.error !== null || phase.phase === 'served' || phase.phase === 'cancelled'))
    return (
      <ReplacementOutcome
        outcome={replacement.error ?? (phase.phase === 'served' ? 'served' : 'cancelled')}
        thumbprint={begun.thumbprint}
        ownIdentity={begun.ownIdentity}
        onAgain={() => setBegun(null)}
      />
    );
  if (
    thumbprint !== null &&
    (phase.phase === 'confirming' || phase.phase === 'replacing' || phase.phase === 'settling')
  )
    return (
      <ReplacementProgress
        phase={phase}
        thumbprint={thumbprint}
        immediately={replacement.immediately}
        onCancel={() => onCancel(thumbprint)}
      />
    );
  return <ReplaceForm onBegun={(next, ownIdentity) => setBegun({ thumbprint: next, ownIdentity })} />;
}
