import type { RefObject } from 'react';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { type ListColumn, listColumns } from './list-columns.ts';
import type { ListSearch } from './list-search.ts';
import { ListSelectBox } from './list-select-box.tsx';
import css from './list-table.module.css';

type Sort = NonNullable<ListSearch['sort']>;

/** The headings; those that sort are buttons, the first selects all that is shown. `databasesRef` is the heading whose width the tags below have to fit. */
export function ListHead({
  database,
  sort,
  onSort,
  databasesRef,
  all,
}: {
  database: string;
  sort: Sort;
  onSort: (sort: Sort) => void;
  databasesRef: RefObject<HTMLDivElement | null>;
  /** Selects all; left out where that can't be. */
  all: { label: string; checked: boolean; some: boolean; onSelect: () => void } | undefined;
}) {
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className={css.head}>
        {listColumns(database).map((column) => (
          <div
            key={column.id}
            ref={column.id === 'databases' ? databasesRef : undefined}
            role="columnheader"
            data-column={column.id}
            className={cx(css.column, column.id === 'state' && css.first)}
            aria-sort={column.sort !== sort.key ? undefined : sort.descending ? 'descending' : 'ascending'}
          >
            {column.id === 'state' && all !== undefined ? <ListSelectBox {...all} /> : null}
            <Heading column={column} sort={sort} onSort={onSort} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Heading({ column, sort, onSort }: { column: ListColumn; sort: Sort; onSort: (sort: Sort) => void }) {
  const { sort: key, label, descendingFirst = false, quiet = false } = column;
  if (quiet) return <VisuallyHidden>{label}</VisuallyHidden>;
  if (key === undefined) return label;
  const active = key === sort.key;
  const descending = active ? sort.descending : descendingFirst;
  return (
    <button
      type="button"
      className={css.sort}
      onClick={() => onSort({ key, descending: active ? !sort.descending : descendingFirst })}
    >
      <span>{label}</span>
      <Icon name={descending ? 'down' : 'up'} size={12} />
    </button>
  );
}
