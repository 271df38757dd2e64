import type { Certificate } from '../../api/types.ts';
import { safeFileName } from '../../api/safe-file-name.ts';
import { agoText, dateTimeText } from '../../domain/time-text.ts';
import { Link } from '../../ui/link.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { LastUsed } from './retire-texts.ts';
import css from './rotate.module.css';

/** What to do with the new certificate's files, and whether it has been seen in use. */
export function HandOverStep({ next, used, now }: { next: Certificate; used: LastUsed; now: number }) {
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
        ) : (
          <p className={css.waiting}>
            <Spinner />
            {used === 'never'
              ? 'Waiting for its first use. You can leave meanwhile: this address goes on where you left.'
              : 'A node doesn’t answer, so its first use may go unseen.'}
          </p>
        )}
      </div>
    </>
  );
}
