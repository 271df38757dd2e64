import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { type ComboboxOption, isNewOption, matchOptions } from './combobox-options.ts';
import comboboxCss from './combobox.module.css';
import { cx } from './cx.ts';
import fieldCss from './field.module.css';
import css from './picker.module.css';
import popoverCss from './popover.module.css';

/**
 * One out of many, inside a popover: a field that narrows and the options below it, always in sight (a combobox whose listbox doesn't
 * close). Takes the focus when it appears.
 */
export function Picker({
  label,
  placeholder,
  options,
  creatable,
  onSelect,
  none,
}: {
  label: string;
  placeholder?: string;
  options: readonly ComboboxOption[];
  creatable?: ((typed: string) => ReactNode) | undefined;
  onSelect: (value: string) => void;
  none: ReactNode;
}) {
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const entries: { value: string; text: ReactNode; detail?: string | undefined }[] = matchOptions(options, typed).map(
    (option) => ({ ...option, text: option.value }),
  );
  if (creatable !== undefined && isNewOption(options, typed))
    entries.push({ value: typed.trim(), text: creatable(typed.trim()) });
  const at = Math.min(active, entries.length - 1);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const entry = entries[at];
    if (step !== undefined && entries.length > 0) setActive((at + step + entries.length) % entries.length);
    else if (event.key === 'Enter' && entry !== undefined) onSelect(entry.value);
    else return;
    event.preventDefault();
  };
  return (
    <div className={css.picker}>
      <input
        ref={input}
        className={fieldCss.input}
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={entries.length > 0 ? `${id}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={key}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={label} className={css.options} tabIndex={-1}>
        {entries.map((entry, index) => (
          <div
            key={entry.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            data-active={index === at}
            className={cx(popoverCss.item, comboboxCss.option)}
            onClick={() => onSelect(entry.value)}
          >
            <span>{entry.text}</span>
            {entry.detail === undefined ? null : <span className={comboboxCss.detail}>{entry.detail}</span>}
          </div>
        ))}
        {entries.length === 0 ? (
          <div className={comboboxCss.none} role="option" aria-selected="false" aria-disabled="true">
            {none}
          </div>
        ) : null}
      </div>
    </div>
  );
}
