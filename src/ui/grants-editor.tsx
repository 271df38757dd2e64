import { type ReactNode, useRef, useState } from 'react';
import { Button } from './button.tsx';
import type { Choice } from './choice.ts';
import { Combobox } from './combobox.tsx';
import { cx } from './cx.ts';
import fieldCss from './field.module.css';
import { addGrants, type GrantRow } from './grants.ts';
import css from './grants-editor.module.css';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import { SegmentedControl } from './segmented-control.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

/** From here on the rows can be searched and set together. */
const many = 7;

/** The words of one use. */
export interface GrantsTexts {
  legend: string;
  /** `Add a database` */
  add: string;
  /** `Databases` as a plain plural, for the search. */
  plural: string;
  empty: ReactNode;
}

/**
 * Things with a level each: added from suggestions or by name (several at once, separated by blanks or commas), removed, searched and
 * set together when there are many.
 */
export function GrantsEditor<Level extends string>({
  texts,
  levels,
  newLevel,
  value,
  suggestions,
  error,
  notice,
  check,
  note,
  onChange,
}: {
  texts: GrantsTexts;
  levels: readonly (Choice<Level> & { label: string })[];
  /** What an added row begins with. */
  newLevel: Level;
  value: readonly GrantRow<Level>[];
  /** Names that are known. */
  suggestions: readonly string[];
  error?: string | undefined;
  /** Said under the rows before anybody submits. */
  notice?: ReactNode;
  /** Why a name can't be added; null when it can. */
  check: (item: string) => string | null;
  /** A remark on one row: that nobody knows its name. */
  note?: ((item: string) => ReactNode) | undefined;
  onChange: (value: GrantRow<Level>[]) => void;
}) {
  const [filter, setFilter] = useState('');
  const [problem, setProblem] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const add = useRef<HTMLDivElement>(null);
  const wanted = filter.trim().toLowerCase();
  const shown = value.length < many ? value : value.filter(({ item }) => item.toLowerCase().includes(wanted));
  const chosen = new Set(value.map(({ item }) => item.toLowerCase()));
  const open = suggestions.filter((name) => !chosen.has(name.toLowerCase()));
  const common = shown.every(({ level }) => level === shown[0]?.level) ? shown[0]?.level : undefined;

  const append = (names: readonly string[]) => {
    const result = addGrants(value, names, newLevel, check);
    setProblem(result.problem ?? undefined);
    if (result.grants.length > value.length) onChange(result.grants);
  };
  const remove = (item: string) => {
    const at = shown.findIndex((row) => row.item === item);
    onChange(value.filter((row) => row.item !== item));
    // The pressed button goes away: the next one takes the focus, or the field where rows come from.
    const next = shown[at + 1] ?? shown[at - 1];
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-remove]') ?? [])];
    const target =
      buttons.find((button) => button.dataset.remove === next?.item) ?? add.current?.querySelector('input');
    target?.focus();
  };
  const setAll = (level: Level) => {
    const set = new Set(shown.map(({ item }) => item));
    onChange(value.map((row) => (set.has(row.item) ? { ...row, level } : row)));
  };

  return (
    <fieldset className={css.group}>
      <legend className={css.legend}>
        <span className={css.head}>
          <span className={css.title}>
            {texts.legend}
            {value.length < many ? null : <span className={css.count}>{value.length}</span>}
          </span>
        </span>
      </legend>
      {value.length < many ? null : (
        <div className={css.tools}>
          <input
            type="search"
            className={cx(fieldCss.input, css.filter)}
            aria-label={`Search the chosen ${texts.plural}`}
            placeholder={`Search ${value.length} ${texts.plural}`}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.preventDefault();
            }}
          />
          <div className={css.all}>
            <span>{wanted === '' ? 'Set all to' : `Set these ${shown.length} to`}</span>
            <SegmentedControl
              label={`Level of all ${shown.length} shown`}
              options={levels}
              value={common}
              onChange={setAll}
            />
          </div>
        </div>
      )}
      {value.length === 0 ? <p className={css.empty}>{texts.empty}</p> : null}
      {value.length > 0 && shown.length === 0 ? <p className={css.empty}>None of them matches “{filter}”.</p> : null}
      {shown.length === 0 ? null : (
        <div
          ref={list}
          role="list"
          aria-label={texts.legend}
          className={cx(css.list, shown.length > 9 && css.scrolling)}
        >
          {shown.map((row) => (
            <div role="listitem" className={css.row} key={row.item}>
              <span className={css.item}>
                <bdi>{row.item}</bdi>
                <Note text={note?.(row.item)} />
              </span>
              <span className={css.level}>
                <SegmentedControl
                  label={`Level for ${row.item}`}
                  options={levels}
                  value={row.level}
                  onChange={(level) => onChange(value.map((other) => (other === row ? { ...row, level } : other)))}
                />
              </span>
              <IconButton
                icon="close"
                label={`Remove ${row.item}`}
                data-remove={row.item}
                onClick={() => remove(row.item)}
              />
            </div>
          ))}
        </div>
      )}
      <div ref={add} className={css.add}>
        <Combobox
          label={<VisuallyHidden>{texts.add}</VisuallyHidden>}
          placeholder={texts.add}
          options={open.map((name) => ({ value: name }))}
          creatable={(typed) => <>Add “{typed}”</>}
          none={suggestions.length === 0 ? 'Enter a name' : 'All of them are chosen; enter another name'}
          error={problem}
          onSelect={(typed) => append(open.includes(typed) ? [typed] : typed.split(/[\s,;]+/))}
        />
      </div>
      {open.length < 2 ? null : (
        <div>
          <Button size="small" variant="quiet" icon="plus" onClick={() => append(open)}>
            {value.length === 0
              ? `Add all ${open.length} ${texts.plural}`
              : `Add the other ${open.length} ${texts.plural}`}
          </Button>
        </div>
      )}
      {error === undefined ? null : (
        <span className={fieldCss.error} role="alert">
          <Icon name="error" />
          <span>{error}</span>
        </span>
      )}
      {notice == null || error !== undefined ? null : <span className={fieldCss.hint}>{notice}</span>}
    </fieldset>
  );
}

function Note({ text }: { text: ReactNode }) {
  return text == null ? null : <span className={css.note}>{text}</span>;
}
