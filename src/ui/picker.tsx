import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { ComboboxOption } from './combobox-options.ts';
import fieldCss from './field.module.css';
import { optionEntries, OptionRows } from './option-rows.tsx';
import css from './picker.module.css';

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
  const entries = optionEntries(options, typed, creatable);
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
        <OptionRows id={id} entries={entries} at={at} none={none} onChoose={onSelect} />
      </div>
    </div>
  );
}
