import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PopoverButton } from '../../ui/popover-button.tsx';
import css from './list-filters.module.css';

/** A filter: dashed while it is off; on, it says its value and has a button beside that takes it away. */
export function ListFilterButton({
  name,
  value,
  panel,
  onClear,
}: {
  name: string;
  /** Undefined: off. */
  value: string | undefined;
  panel: (close: () => void) => ReactNode;
  onClear: () => void;
}) {
  const on = value !== undefined;
  return (
    <span className={css.group}>
      <PopoverButton
        panelLabel={`Filter by ${name.toLowerCase()}`}
        panel={panel}
        className={cx(css.pick, on && css.on)}
      >
        <span>{on ? `${name}: ${value}` : name}</span>
        {on ? null : <Icon name="expand" size={12} />}
      </PopoverButton>
      {on ? (
        <Button className={cx(css.pick, css.on, css.drop)} aria-label={`Clear filter ${name}`} onClick={onClear}>
          <Icon name="close" size={14} />
        </Button>
      ) : null}
    </span>
  );
}
