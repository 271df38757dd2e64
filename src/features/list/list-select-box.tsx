import { useEffect, useRef } from 'react';
import css from './list-select-box.module.css';

/** The box that selects a row, or all; a click beside it counts too, and with Shift it is a range. */
export function ListSelectBox({
  label,
  checked,
  some = false,
  onSelect,
  tabIndex,
  stop = false,
}: {
  label: string;
  checked: boolean;
  /** Some of what it stands for is selected. */
  some?: boolean;
  onSelect: (range: boolean) => void;
  tabIndex?: number;
  /** Left and right reach it. */
  stop?: boolean;
}) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = some && !checked;
  }, [some, checked]);
  return (
    <span
      className={css.select}
      onClick={({ shiftKey }) => onSelect(shiftKey)}
      // With Shift the browser would select text up to here.
      onMouseDown={(event) => {
        if (event.shiftKey) event.preventDefault();
      }}
    >
      <input
        ref={box}
        type="checkbox"
        className={css.box}
        aria-label={label}
        checked={checked}
        // The click, which knows about Shift, does it.
        onChange={() => undefined}
        tabIndex={tabIndex}
        data-stop={stop ? '' : undefined}
      />
    </span>
  );
}
