import type { LastUse } from '../../domain/last-used.ts';
import { ListBulkBar } from './list-bulk-bar.tsx';
import { ListChanges } from './list-changes.tsx';
import css from './list-dock.module.css';
import type { ListRow } from './list-rows.ts';
import type { Selection } from './use-selection.ts';

/** What stands over the end of the list: changes that wait, and what can be done to the selected certificates. */
export function ListDock({
  changes,
  onShow,
  selection,
  shown,
  lastUse,
  onClear,
}: {
  /** How many certificates changed elsewhere; null when none wait. */
  changes: number | null;
  onShow: () => void;
  selection: Selection;
  /** The rows that search and filters leave; undefined until the whole list is loaded. */
  shown: readonly ListRow[] | undefined;
  lastUse: LastUse | undefined;
  onClear: () => void;
}) {
  return (
    <div className={css.dock}>
      {changes === null ? null : <ListChanges changes={changes} onShow={onShow} />}
      {selection.rows.length === 0 ? null : (
        <ListBulkBar selection={selection} shown={shown} lastUse={lastUse} onClear={onClear} />
      )}
    </div>
  );
}
