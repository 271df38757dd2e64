import css from './list-filters.module.css';
import { listColumns } from './list-columns.ts';
import { type ListSearch, sortKeys } from './list-search.ts';

type Sort = NonNullable<ListSearch['sort']>;

/** The order as a select, where the headings have no room. */
export function ListSorter({ database, sort, onSort }: { database: string; sort: Sort; onSort: (sort: Sort) => void }) {
  const columns = listColumns(database).filter((column) => column.sort !== undefined);
  return (
    <select
      className={css.sorter}
      aria-label="Sort by"
      value={`${sort.descending ? '-' : ''}${sort.key}`}
      onChange={(event) => {
        const key = sortKeys.find((known) => known === event.target.value.replace(/^-/, ''));
        if (key !== undefined) onSort({ key, descending: event.target.value.startsWith('-') });
      }}
    >
      {columns.flatMap(({ sort: key, label }) => [
        <option key={key} value={key}>
          {label} ↑
        </option>,
        <option key={`-${key ?? ''}`} value={`-${key ?? ''}`}>
          {label} ↓
        </option>,
      ])}
    </select>
  );
}
