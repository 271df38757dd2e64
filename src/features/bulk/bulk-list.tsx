import { type ReactNode, useState } from 'react';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { numberText } from '../../domain/time-text.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/tag.tsx';
import css from './bulk.module.css';

/** Rows that are drawn at first, and how many more with each wish for more. */
const first = 30;
const step = 300;

/** Certificates with what there is to say of each. A long list shows its beginning. */
export function BulkList({
  label,
  items,
}: {
  label: string;
  items: readonly { entry: CertificateEntry; text: ReactNode; mark?: ReactNode }[];
}) {
  const [limit, setLimit] = useState(first);
  const rest = items.length - limit;
  return (
    <>
      <ul className={css.list} aria-label={label}>
        {items.slice(0, limit).map(({ entry, text, mark }) => (
          <li key={entry.thumbprint} className={css.item}>
            {mark}
            <span className={css.name} title={entry.thumbprint}>
              <bdi>{entry.name.trim() === '' ? entry.thumbprint : entry.name}</bdi>
              {entry.thumbprints.length > 1 ? <Tag>{entry.thumbprints.length} certificates</Tag> : null}
            </span>
            {text === null ? null : <span className={css.text}>{text}</span>}
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <div>
          <Button size="small" variant="quiet" onClick={() => setLimit(limit + step)}>
            Show {numberText(Math.min(rest, step))} more of {numberText(items.length)}
          </Button>
        </div>
      ) : null}
    </>
  );
}
