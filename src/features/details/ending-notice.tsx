import { useQuery } from '@tanstack/react-query';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { certificateState, daysLeft, defaultExpiringThreshold } from '../../domain/certificate-state.ts';
import { daysLeftText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { expiringThresholdQuery } from '../../queries/server.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** For a certificate that ends soon or has ended: the way to its successor. @param now milliseconds UTC */
export function EndingNotice({ entry, path, now }: { entry: CertificateEntry; path: string; now: number }) {
  const { data: threshold = defaultExpiringThreshold } = useQuery(expiringThresholdQuery(useApi()));
  const state = certificateState(entry, now, threshold);
  if (state !== 'expiring' && state !== 'expired') return null;
  const left = daysLeftText(daysLeft(entry, now) ?? 0);
  return (
    <Notice
      tone="warn"
      title={state === 'expired' ? `It expired ${left}` : left === 'today' ? 'It ends today' : `It ends in ${left}`}
      actions={
        <LinkButton size="small" icon="refresh" to={`${path}/rotate`}>
          Rotate
        </LinkButton>
      }
    >
      A new certificate with the same rights can take its place.
    </Notice>
  );
}
