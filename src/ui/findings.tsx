import type { ReactNode } from 'react';
import { Checkbox } from './checkbox.tsx';
import css from './findings.module.css';
import { Notice } from './notice.tsx';

/** Something to know before going on; see {@link Findings}. */
export interface FindingItem {
  readonly id: string;
  readonly level: 'error' | 'confirm' | 'warn' | 'note';
  readonly title: string;
  readonly text: string;
  /** What is agreed to; with `confirm` only. */
  readonly agreement?: string;
}

const tones = { error: 'error', confirm: 'warn', warn: 'warn', note: 'info' } as const;

/** What stands against something, gravest first as given; each `confirm` has a box to tick. */
export function Findings<Item extends FindingItem>({
  items,
  agreed,
  onAgree,
  more,
}: {
  items: readonly Item[];
  /** Ids that were agreed to. */
  agreed: ReadonlySet<string>;
  onAgree: (id: string, agrees: boolean) => void;
  /** What else belongs to one: a link, a comparison. */
  more?: (item: Item) => ReactNode;
}) {
  if (items.length === 0) return null;
  return (
    <ul className={css.list} aria-label="What to know before">
      {items.map((item) => (
        <li key={item.id}>
          <Notice tone={tones[item.level]} title={item.title}>
            <p>{item.text}</p>
            {more?.(item)}
            {item.agreement === undefined ? null : (
              <div className={css.agree}>
                <Checkbox
                  label={item.agreement}
                  checked={agreed.has(item.id)}
                  onChange={(event) => onAgree(item.id, event.target.checked)}
                />
              </div>
            )}
          </Notice>
        </li>
      ))}
    </ul>
  );
}
