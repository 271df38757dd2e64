import { memo } from 'react';
import { allowedActions, type Viewer } from '../../domain/allowed-actions.ts';
import { lacks } from '../../domain/capabilities.ts';
import { certificateState } from '../../domain/certificate-state.ts';
import { clearanceLabels } from '../../domain/clearance.ts';
import { type LastUse, lastUsed } from '../../domain/last-used.ts';
import { agoText, dateText, dateTimeText } from '../../domain/time-text.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { cx } from '../../ui/cx.ts';
import { MenuButton } from '../../ui/menu-button.tsx';
import { ListDatabasesCell } from './list-databases-cell.tsx';
import { ListLifeCell } from './list-life-cell.tsx';
import { ListNameCell } from './list-name-cell.tsx';
import css from './list-row.module.css';
import { rowActions } from './list-row-actions.ts';
import type { ListRow as Row } from './list-rows.ts';
import { ListSelectBox } from './list-select-box.tsx';
import { ListStateCell } from './list-state-cell.tsx';
import { expiringDays } from './list-views.ts';

/** What all rows share; a new object only when something in it changed. */
export interface RowContext {
  readonly now: number;
  readonly lastUse: LastUse | undefined;
  readonly viewer: Viewer | undefined;
  /** The only database that the list is about; empty: none. */
  readonly database: string;
  readonly databasesWidth: number;
  readonly cards: boolean;
  /** Enabled, unexpired cluster admins in the whole list. */
  readonly admins: number;
}

const whoFirst = 'Waiting for the server to say who you are.';
const nobody = { edit: whoFirst, disable: whoFirst, delete: whoFirst, clone: whoFirst };

const lastUseTexts = { never: 'Never', unknown: 'Unknown', unrecorded: 'Not recorded' } as const;
const lastUseTitles = {
  never: 'No node has seen it since it started',
  unknown: 'A node that may have seen it didn’t answer',
  unrecorded: lacks.lastUse,
} as const;

/** One line. `active` is the one that Tab reaches; arrows move it. */
export const ListRow = memo(function ListRow({
  row: { entry },
  index,
  top,
  active,
  fresh,
  selected,
  onSelect,
  context,
}: {
  row: Row;
  index: number;
  top: number;
  active: boolean;
  fresh: boolean;
  selected: boolean;
  onSelect: (thumbprint: string, range: boolean) => void;
  context: RowContext;
}) {
  const { now, lastUse, viewer, database, databasesWidth, cards, admins } = context;
  const state = certificateState(entry, now, expiringDays);
  const own = viewer !== undefined && entry.thumbprints.includes(viewer.thumbprint);
  const counts = entry.clearance === 'ClusterAdmin' && (state === 'valid' || state === 'expiring');
  const allowed = viewer === undefined ? nobody : allowedActions(entry, viewer, now, admins - (counts ? 1 : 0) > 0);
  const used = lastUse === undefined ? undefined : lastUsed(entry, lastUse);
  const tabIndex = active ? 0 : -1;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      className={cx(
        css.row,
        cards && css.card,
        entry.disabled && css.off,
        fresh && css.fresh,
        selected && css.selected,
      )}
      style={{ transform: `translateY(${String(top)}px)` }}
    >
      <ListStateCell state={state}>
        <ListSelectBox
          label={`Select ${entry.name.trim() === '' ? entry.thumbprint : entry.name}`}
          checked={selected}
          onSelect={(range) => onSelect(entry.thumbprint, range)}
          tabIndex={tabIndex}
          stop
        />
      </ListStateCell>
      <ListNameCell entry={entry} own={own} notYetValid={state === 'notYetValid'} tabIndex={tabIndex} />
      <div role="gridcell" className={cx(css.cell, css.clearance, entry.clearance === 'ValidUser' && css.muted)}>
        {entry.kind === 'ssoServer' ? '' : clearanceLabels[entry.clearance]}
      </div>
      <ListDatabasesCell entry={entry} database={database} width={databasesWidth} />
      <div
        role="gridcell"
        data-column="valid-from"
        className={cx(css.cell, css.small, css.muted)}
        title={entry.notBefore === null ? undefined : dateTimeText(entry.notBefore)}
      >
        {entry.notBefore === null ? '' : dateText(entry.notBefore)}
      </div>
      <ListLifeCell entry={entry} now={now} />
      <div
        role="gridcell"
        data-column="last-used"
        className={cx(css.cell, css.small, css.muted)}
        title={used === undefined ? undefined : typeof used === 'number' ? dateTimeText(used) : lastUseTitles[used]}
      >
        {used === undefined ? '' : typeof used === 'number' ? agoText(used, now) : lastUseTexts[used]}
      </div>
      <div role="gridcell" data-column="thumbprint" className={cx(css.cell, css.thumbprint)}>
        <span title={entry.thumbprints.join('\n')}>{entry.thumbprint.slice(0, 10)}…</span>
        <CopyButton
          compact
          className={cx(css.above, css.copy)}
          text={entry.thumbprint}
          label={`Copy thumbprint of ${entry.name}`}
          tabIndex={tabIndex}
          data-stop
        />
      </div>
      <div role="gridcell" className={cx(css.cell, css.menu)}>
        <MenuButton
          className={css.above}
          icon="more"
          size="icon"
          variant="quiet"
          aria-label={`Actions for ${entry.name}`}
          menuLabel={`Actions for ${entry.name}`}
          items={rowActions(entry, allowed)}
          tabIndex={tabIndex}
          data-stop
        />
      </div>
    </div>
  );
});
