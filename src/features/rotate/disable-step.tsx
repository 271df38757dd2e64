import { useMutation } from '@tanstack/react-query';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { FailureNotice } from '../../parts/failure-notice.tsx';
import { useApi } from '../../queries/api-context.ts';
import { switchMutation } from '../../queries/switch.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { disableTexts, type LastUsed } from './retire-texts.ts';
import css from './rotate.module.css';
import { useRetire } from './use-retire.ts';

/** Disables the old one, or enables it again when somebody misses it. */
export function DisableStep({
  old,
  newUsed,
  current,
  used,
  now,
  onDone,
}: {
  old: CertificateEntry;
  /** Whether the new one was seen in use. */
  newUsed: boolean;
  current: boolean;
  /** Of the old one. */
  used: LastUsed;
  now: number;
  onDone: (disabled: boolean) => void;
}) {
  const {
    allowed: { disable: allowed },
    siblings,
  } = useRetire(old);
  const change = useMutation(switchMutation(useApi()));
  const run = () =>
    change.mutate({ thumbprint: old.thumbprint, disabled: !old.disabled }, { onSuccess: () => onDone(!old.disabled) });
  const failure = change.error === null ? null : <FailureNotice error={change.error} />;
  if (old.disabled)
    return (
      <>
        <p className={css.row}>
          <span className={css.text}>Nobody gets in with the old one. Somebody misses it?</span>
          <Button size="small" pending={change.isPending} onClick={run}>
            Enable it again
          </Button>
        </p>
        {failure}
      </>
    );
  return (
    <>
      <div className={css.texts}>
        {disableTexts({ used, siblings, now }).map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
      {newUsed ? null : (
        <p className={css.caution}>
          <Icon name="warning" size={14} />
          The new one hasn’t been used yet: whoever hasn’t got it would be locked out.
        </p>
      )}
      {failure}
      <div className={css.row}>
        <Button
          variant={current ? 'primary' : 'plain'}
          icon="pause"
          pending={change.isPending}
          disabledReason={allowed === true ? undefined : allowed}
          onClick={run}
        >
          Disable the old one
        </Button>
      </div>
    </>
  );
}
