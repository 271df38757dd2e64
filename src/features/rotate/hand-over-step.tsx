import type { Certificate } from '../../api/types.ts';
import { safeFileName } from '../../api/safe-file-name.ts';
import { lacks } from '../../domain/capabilities.ts';
import { agoText, dateTimeText } from '../../domain/time-text.ts';
import { Button } from '../../ui/button.tsx';
import { Link } from '../../ui/link.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { LastUsed } from './retire-texts.ts';
import css from './rotate.module.css';

/** What to do with the new certificate's files, and whether it has been seen in use. */
export function HandOverStep({
  next,
  used,
  saidUsed,
  now,
  onSaidUsed,
}: {
  next: Certificate;
  used: LastUsed;
  /** Somebody says that it is in use, where the server doesn't record it. */
  saidUsed: boolean;
  now: number;
  onSaidUsed: () => void;
}) {
  return (
    <>
      {typeof used === 'number' ? null : (
        <p className={css.text}>
          {safeFileName(next.name)}.zip in your downloads holds the only copy of its private key. Put its files where
          the old ones are used. <Link to={`/certificates/${next.thumbprint}/use`}>How to use it</Link>
        </p>
      )}
      <div role="status">
        {used === undefined ? null : typeof used === 'number' ? (
          <p className={css.text} title={dateTimeText(used)}>
            <span className={css.used}>The new one is in use</span>, last {agoText(used, now)}.
          </p>
        ) : used === 'unrecorded' ? (
          <p className={css.text}>
            {saidUsed ? (
              <>
                <span className={css.used}>You say that the new one is in use.</span> {lacks.lastUse}
              </>
            ) : (
              `${lacks.lastUse} Look where it is used: whoever still has the old one is locked out when that goes.`
            )}
          </p>
        ) : (
          <p className={css.waiting}>
            <Spinner />
            {used === 'never'
              ? 'Waiting for its first use. You can leave meanwhile: this address goes on where you left.'
              : 'A node doesn’t answer, so its first use may go unseen.'}
          </p>
        )}
      </div>
      {used === 'unrecorded' && !saidUsed ? (
        <div className={css.row}>
          <Button variant="primary" icon="check" onClick={onSaidUsed}>
            The new one is in use
          </Button>
        </div>
      ) : null}
    </>
  );
}
