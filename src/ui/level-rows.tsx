import { type ReactNode, useId, useRef, useState } from 'react';
import { useAnnounce } from './announcer.tsx';
import type { Choice } from './choice.ts';
import { Combobox } from './combobox.tsx';
import type { ComboboxOption } from './combobox-options.ts';
import fieldCss from './field.module.css';
import { IconButton } from './icon-button.tsx';
import { Icon } from './icon.tsx';
import css from './level-rows.module.css';
import { SegmentedControl } from './segmented-control.tsx';

/** One item and its level; `undefined` where the present level isn't one of the offered. */
export interface LevelRow<Level extends string> {
  readonly item: string;
  readonly level: Level | undefined;
}

/** From here on a field narrows the rows, and the ones that show can be set together. */
const many = 12;

/**
 * Items, each with one of a few levels, and a field that adds more: from suggestions, or others by name. An item is added with
 * `firstLevel`; items are the same whatever their case.
 */
export function LevelRows<Level extends string>({
  legend,
  noun,
  levels,
  firstLevel,
  rows,
  onChange,
  suggestions,
  itemProblem,
  empty,
  hint,
  error,
}: {
  legend: string;
  /** One item: `database`. */
  noun: string;
  levels: readonly (Choice<Level> & { label: string })[];
  firstLevel: Level;
  rows: readonly LevelRow<Level>[];
  onChange: (rows: readonly LevelRow<Level>[]) => void;
  suggestions: readonly string[];
  /** Why a name won't do; null when it will. */
  itemProblem: (item: string) => string | null;
  /** What having no row means. */
  empty: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
}) {
  const id = useId();
  const announce = useAnnounce();
  const group = useRef<HTMLFieldSetElement>(null);
  const [narrow, setNarrow] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const taken = new Set(rows.map(({ item }) => item.toLowerCase()));
  const options: ComboboxOption[] = suggestions
    .filter((item) => !taken.has(item.toLowerCase()))
    .map((value) => ({ value }));
  const shown =
    rows.length > many && narrow !== ''
      ? rows.filter(({ item }) => item.toLowerCase().includes(narrow.toLowerCase()))
      : rows;
  const add = (item: string) => {
    const problem = taken.has(item.toLowerCase()) ? `“${item}” is in the list already.` : itemProblem(item);
    setRefused(problem);
    if (problem !== null) return;
    setNarrow('');
    onChange([...rows, { item, level: firstLevel }]);
    announce(`${item} added`);
  };
  const setShown = (level: Level) => {
    const items = new Set(shown.map(({ item }) => item));
    onChange(rows.map((row) => (items.has(row.item) ? { ...row, level } : row)));
  };
  const remove = (item: string) => {
    onChange(rows.filter((row) => row.item !== item));
    announce(`${item} removed`);
    // The button that had the focus goes with its row.
    group.current?.querySelector<HTMLInputElement>('[role="combobox"]')?.focus();
  };
  const wrong = error != null && error !== '';
  return (
    <fieldset ref={group} className={css.group} aria-describedby={wrong ? `${id}-error` : undefined}>
      <legend className={css.legend}>{legend}</legend>
      {rows.length > many ? (
        <div className={css.many}>
          <input
            className={fieldCss.input}
            type="search"
            aria-label={`Find among ${rows.length} ${noun}s`}
            placeholder={`Find among ${rows.length}`}
            value={narrow}
            onChange={(event) => setNarrow(event.target.value)}
          />
          <span className={css.all}>
            {shown.length === rows.length ? 'Set all to' : `Set these ${shown.length} to`}
            <SegmentedControl
              label={`Access to all ${shown.length} ${noun}s shown`}
              options={levels}
              value={shown.every(({ level }) => level === shown[0]?.level) ? shown[0]?.level : undefined}
              onChange={setShown}
            />
          </span>
        </div>
      ) : null}
      {rows.length === 0 ? (
        <p className={css.empty}>{empty}</p>
      ) : (
        <ul className={css.rows} tabIndex={shown.length > many ? 0 : undefined} aria-label={legend}>
          {shown.map((row) => (
            <li key={row.item} className={css.row}>
              <span className={css.item}>{row.item}</span>
              <span className={css.level}>
                <SegmentedControl
                  label={`Access to ${row.item}`}
                  options={levels}
                  value={row.level}
                  onChange={(level) =>
                    onChange(rows.map((other) => (other.item === row.item ? { ...other, level } : other)))
                  }
                />
              </span>
              <span className={css.remove}>
                <IconButton icon="close" label={`Remove ${row.item}`} onClick={() => remove(row.item)} />
              </span>
            </li>
          ))}
          {shown.length === 0 ? <li className={css.empty}>No {noun} here has that in its name.</li> : null}
        </ul>
      )}
      <Combobox
        label={`Add a ${noun}`}
        options={options}
        error={refused ?? undefined}
        hint={hint}
        placeholder={suggestions.length === 0 ? `Name of a ${noun}` : 'Choose, or enter a name'}
        creatable={(typed) => `Add “${typed}”`}
        none={`Enter the name of a ${noun}`}
        onSelect={add}
      />
      {wrong ? (
        <span className={fieldCss.error} id={`${id}-error`} role="alert">
          <Icon name="error" />
          <span>{error}</span>
        </span>
      ) : null}
    </fieldset>
  );
}
