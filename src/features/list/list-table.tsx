import { type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { numberText } from '../../domain/time-text.ts';
import { cx } from '../../ui/cx.ts';
import { ListHead } from './list-head.tsx';
import { rowAfterKey } from './list-keys.ts';
import { ListRow, type RowContext } from './list-row.tsx';
import type { ListRow as Row } from './list-rows.ts';
import type { ListSearch } from './list-search.ts';
import css from './list-table.module.css';
import type { Selection } from './use-selection.ts';
import type { Sight } from './stays-in-place.ts';
import { useRowPlace } from './use-row-place.ts';
import { rowHeight, useVirtualRows } from './use-virtual-rows.ts';

const cardsBelow = 640;
/** Height of the bar that stands over the last rows while some are selected, with what is around it, px. */
const barHeight = 80;

/**
 * The rows as a grid (WAI-ARIA): one row is active and reached by Tab, arrows move it, left and right go through its buttons, Enter opens
 * it, Space selects it, Ctrl+A all. Only rows in sight are in the document.
 */
export function ListTable({
  rows,
  total,
  context,
  sort,
  onSort,
  fresh,
  query,
  selection,
  complete,
  onSight,
}: {
  rows: readonly Row[];
  /** Rows of the whole list, for who can't see how long it is. */
  total: number;
  context: Omit<RowContext, 'cards' | 'databasesWidth'>;
  sort: NonNullable<ListSearch['sort']>;
  onSort: (sort: NonNullable<ListSearch['sort']>) => void;
  /** Thumbprint of the certificate to point out. */
  fresh: string | undefined;
  /** The URL's query, which names this list's place. */
  query: string;
  selection: Selection;
  /** Whether the whole list is loaded: only then all of it can be selected. */
  complete: boolean;
  /** Hears what is in sight; null when the table goes. */
  onSight: (sight: Sight | null) => void;
}) {
  const table = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const databases = useRef<HTMLDivElement>(null);
  // Rows wait until they know how wide they are, which is before anybody sees the table: drawing them twice takes twice as long.
  const [size, setSize] = useState<{ cards: boolean; databases: number | null }>(() => ({
    cards: window.innerWidth < cardsBelow,
    databases: null,
  }));
  useLayoutEffect(() => {
    const measure = () => {
      const width = table.current?.offsetWidth ?? 0;
      const next = { cards: width < cardsBelow, databases: (databases.current?.offsetWidth ?? 0) - 20 };
      setSize((before) => (before.cards === next.cards && before.databases === next.databases ? before : next));
    };
    measure();
    const resized = new ResizeObserver(measure);
    if (table.current !== null) resized.observe(table.current);
    return () => resized.disconnect();
  }, []);
  const [active, setActive] = useState<string>();
  const keys = useMemo(() => rows.map(({ entry }) => entry.thumbprint), [rows]);
  const at = Math.max(0, active === undefined ? 0 : keys.indexOf(active));
  const {
    virtualizer,
    margin,
    size: height,
  } = useVirtualRows({
    body,
    keys,
    cards: size.cards,
    active: at,
    covered: selection.keys.size === 0 ? 0 : barHeight,
  });
  const focusRow = useCallback(
    (index: number) => {
      setActive(keys[index]);
      virtualizer.scrollToIndex(index);
      // The row is drawn with the next commit; focusing must not scroll by itself.
      requestAnimationFrame(() => {
        body.current
          ?.querySelector<HTMLElement>(`[data-index="${index}"] a[data-stop]`)
          ?.focus({ preventScroll: true });
      });
    },
    [keys, virtualizer],
  );
  useRowPlace({ query, keys, active, virtualizer, focusRow, fresh, height });

  useLayoutEffect(() => {
    const { range } = virtualizer;
    onSight(range === null ? null : { first: range.startIndex, last: range.endIndex, active: active ?? null });
  });
  useLayoutEffect(() => () => onSight(null), [onSight]);

  const { select, selectAll, clear } = selection;
  const onSelect = useCallback((key: string, range: boolean) => select(keys, key, range), [select, keys]);
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || !(event.target instanceof HTMLElement) || event.target.closest('[role="menu"]') !== null)
      return;
    const row = event.target.closest<HTMLElement>('[data-index]');
    if (row === null) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== 'a' || !complete) return;
      event.preventDefault();
      if (!keys.every((key) => selection.keys.has(key))) selectAll(keys);
      return;
    }
    const key = keys[Number(row.dataset.index)];
    if (event.key === ' ' && event.target instanceof HTMLAnchorElement && key !== undefined) {
      event.preventDefault();
      onSelect(key, event.shiftKey);
      return;
    }
    if (event.key === 'Escape' && selection.keys.size > 0) {
      event.preventDefault();
      clear();
      return;
    }
    const stops = [...row.querySelectorAll<HTMLElement>('[data-stop]')].filter((stop) => stop.checkVisibility());
    const sideways = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const page = Math.max(1, Math.floor((window.innerHeight - rowHeight.head) / height) - 1);
    const to = rowAfterKey(event.key, Number(row.dataset.index), keys.length, page);
    if (sideways === undefined && to === undefined) return;
    event.preventDefault();
    if (to !== undefined) focusRow(to);
    else stops[stops.indexOf(event.target) + (sideways ?? 0)]?.focus();
  };
  const shared = useMemo<RowContext | null>(
    () => (size.databases === null ? null : { ...context, cards: size.cards, databasesWidth: size.databases }),
    [context, size],
  );
  return (
    <div
      ref={table}
      role="grid"
      aria-label="Certificates"
      aria-rowcount={rows.length + 1}
      aria-multiselectable
      aria-description={rows.length === total ? undefined : `${rows.length} of ${total} certificates`}
      className={cx(css.table, size.cards && css.cards)}
    >
      <ListHead
        database={context.database}
        sort={sort}
        onSort={onSort}
        databasesRef={databases}
        all={
          size.cards || !complete
            ? undefined
            : {
                label: `Select all ${numberText(keys.length)}`,
                checked: selection.keys.size >= keys.length && keys.every((key) => selection.keys.has(key)),
                some: selection.keys.size > 0,
                onSelect: () => selectAll(keys),
              }
        }
      />
      <div
        ref={body}
        role="rowgroup"
        className={css.body}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={press}
        onFocus={(event) => {
          const index = event.target.closest<HTMLElement>('[data-index]')?.dataset.index;
          if (index !== undefined) setActive(keys[Number(index)]);
        }}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined || shared === null ? null : (
            <ListRow
              key={item.key}
              row={row}
              index={item.index}
              top={item.start - margin}
              active={item.index === at}
              fresh={fresh === row.entry.thumbprint}
              selected={selection.keys.has(row.entry.thumbprint)}
              onSelect={onSelect}
              context={shared}
            />
          );
        })}
      </div>
    </div>
  );
}
