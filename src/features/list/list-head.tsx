import type { RefObject } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { type ListColumn, listColumns } from './list-columns.ts';
import type { ListSearch } from './list-search.ts';
import css from './list-table.module.css';

type Sort = NonNullable<ListSearch['sort']>;

/** The headings; those that sort are buttons. `databasesRef` is the heading whose width the tags below have to fit. */
export function ListHead({
  database,
  sort,
  onSort,
  databasesRef,
}: {
  database: string;
  sort: Sort;
  onSort: (sort: Sort) => void;
  databasesRef: RefObject<HTMLDivElement | null>;
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
            className={css.column}
            aria-sort={column.sort !== sort.key ? undefined : sort.descending ? 'descending' : 'ascending'}
          >
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
