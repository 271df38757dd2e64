import { useEffect, useRef } from 'react';
import { numberText } from '../../domain/time-text.ts';
import { cx } from '../../ui/cx.ts';
import { Link } from '../../ui/link.tsx';
import { type ListSearch, type ListView, listSearchText, listViews } from './list-search.ts';
import css from './list-views-nav.module.css';
import { viewLabels } from './list-views.ts';

const tones: Partial<Record<ListView, 'warn' | 'bad'>> = {
  expiring: 'warn',
  expired: 'bad',
  'admins-without-2fa': 'warn',
};

/** The views as links with their counts; other filters stay when the view changes. */
export function ListViewsNav({
  search,
  counts,
  hidden,
}: {
  search: ListSearch;
  counts: Record<ListView, number> | undefined;
  /** Left out, unless it is the one that is shown. */
  hidden: readonly ListView[];
}) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]');
    // On a narrow screen the views scroll sideways; not scrollIntoView, which may move the page too.
    if (nav.current !== null && current != null)
      nav.current.scrollLeft = current.offsetLeft - nav.current.offsetLeft - 24;
  }, [search.view]);
  return (
    <nav ref={nav} className={css.views} aria-label="Views">
      {listViews
        .filter((view) => view === search.view || !hidden.includes(view))
        .map((view) => {
          const count = counts?.[view];
          const tone = tones[view];
          return (
            <Link
              key={view}
              to={`/${listSearchText({ ...search, view })}`}
              className={css.view}
              aria-current={view === search.view ? 'page' : undefined}
            >
              {viewLabels[view]}
              <span className={cx(css.count, tone !== undefined && count !== undefined && count > 0 && css[tone])}>
                {count === undefined ? '–' : numberText(count)}
              </span>
            </Link>
          );
        })}
    </nav>
  );
}
