import type { ReactNode } from 'react';
import { type ComboboxOption, isNewOption, matchOptions } from './combobox-options.ts';
import css from './combobox.module.css';
import { cx } from './cx.ts';
import popoverCss from './popover.module.css';

/** One entry of the list under a combobox. */
export interface OptionEntry {
  value: string;
  text: ReactNode;
  detail?: string | undefined;
}

/** What fits what was typed; last, where nothing has that name, what was typed itself, as `creatable` says it. */
export function optionEntries(
  options: readonly ComboboxOption[],
  typed: string,
  creatable: ((typed: string) => ReactNode) | undefined,
): OptionEntry[] {
  const entries: OptionEntry[] = matchOptions(options, typed).map((option) => ({ ...option, text: option.value }));
  if (creatable !== undefined && isNewOption(options, typed))
    entries.push({ value: typed.trim(), text: creatable(typed.trim()) });
  return entries;
}

/** The entries of a combobox's listbox, with the ids `<id>-<index>`, or `none` when there is none. */
export function OptionRows({
  id,
  entries,
  at,
  none,
  onChoose,
}: {
  id: string;
  entries: readonly OptionEntry[];
  /** Index of the active one. */
  at: number;
  none: ReactNode;
  onChoose: (value: string) => void;
}) {
  if (entries.length === 0)
    return (
      <div className={css.none} role="option" aria-selected="false" aria-disabled="true">
        {none}
      </div>
    );
  return entries.map((entry, index) => (
    <div
      key={entry.value}
      id={`${id}-${index}`}
      role="option"
      aria-selected={index === at}
      data-active={index === at}
      className={cx(popoverCss.item, css.option)}
      onClick={() => onChoose(entry.value)}
    >
      <span>{entry.text}</span>
      {entry.detail === undefined ? null : <span className={css.detail}>{entry.detail}</span>}
    </div>
  ));
}
