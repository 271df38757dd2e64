import { type CertificateState, certificateState, daysLeft, stateLabels } from '../../domain/certificate-state.ts';
import { certificateTitle } from '../../domain/describe-certificate.ts';
import { endText } from '../../domain/time-text.ts';
import type { CertificateFacts as Facts_ } from '../../pki/parse-certificate.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tag } from '../../ui/tag.tsx';
import { CertificateFacts } from './certificate-facts.tsx';
import css from './upload.module.css';

/** What becomes of one certificate of a file. */
export type Fate =
  | { readonly kind: 'primary' | 'secondary' | 'left-out' }
  | { readonly kind: 'skipped'; readonly issued: string };

const tones: Partial<Record<CertificateState, 'bad' | 'warn'>> = { expired: 'bad', notYetValid: 'warn' };

/** One certificate of several: whether it goes with the others, whether it heads them, and what is written in it. */
export function CertificateChoice({
  certificate,
  file,
  fate,
  now,
  onInclude,
  onPrimary,
}: {
  certificate: Facts_;
  file: readonly Facts_[];
  fate: Fate;
  now: number;
  onInclude: (included: boolean) => void;
  onPrimary: () => void;
}) {
  const title = certificateTitle(certificate);
  const state = certificateState({ ...certificate, disabled: false }, now, 0);
  const left = daysLeft(certificate, now) ?? 0;
  return (
    <li className={css.item}>
      <div className={css.itemHead}>
        <Checkbox
          label={<span className={css.itemTitle}>{title}</span>}
          checked={fate.kind !== 'left-out' && fate.kind !== 'skipped'}
          hint={fate.kind === 'skipped' || state === 'notYetValid' ? undefined : endText(left)}
          disabledReason={
            fate.kind === 'skipped' ? `Issued “${fate.issued}”: RavenDB doesn’t register issuers` : undefined
          }
          onChange={(event) => onInclude(event.target.checked)}
        />
        <div className={css.itemEnd}>
          {state === 'valid' ? null : <Tag tone={tones[state] ?? 'neutral'}>{stateLabels[state]}</Tag>}
          {fate.kind === 'primary' ? <Tag tone="accent">Primary</Tag> : null}
          {fate.kind === 'skipped' || fate.kind === 'left-out' ? <Tag>Not registered</Tag> : null}
          {fate.kind === 'secondary' ? (
            <Button size="small" variant="quiet" onClick={onPrimary} aria-label={`Make ${title} the primary`}>
              Make primary
            </Button>
          ) : null}
        </div>
      </div>
      <details className={css.more}>
        <summary>
          <Icon name="expand" size={14} />
          What is in it<span className={css.faint}> · {certificate.thumbprint.slice(0, 10)}…</span>
        </summary>
        <CertificateFacts certificate={certificate} file={file} now={now} />
      </details>
    </li>
  );
}
