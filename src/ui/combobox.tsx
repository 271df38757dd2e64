import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { ComboboxOption } from './combobox-options.ts';
import css from './combobox.module.css';
import { cx } from './cx.ts';
import { Field, type FieldTexts } from './field.tsx';
import fieldCss from './field.module.css';
import { optionEntries, OptionRows } from './option-rows.tsx';
import { placePopover } from './place-popover.ts';
import popoverCss from './popover.module.css';

/**
 * A text field with suggestions that hands each choice to `onSelect` and empties itself (WAI-ARIA combobox with a listbox: arrows,
 * Enter, Escape; the focus stays in the field). With `creatable`, what was typed may be chosen though nobody suggested it.
 */
export function Combobox({
  options,
  onSelect,
  creatable,
  placeholder,
  none = 'Nothing matches',
  ...texts
}: FieldTexts & {
  options: readonly ComboboxOption[];
  onSelect: (value: string) => void;
  /** What the entry for a new value says, e.g. `(text) => <>Add “{text}”</>`. */
  creatable?: ((typed: string) => ReactNode) | undefined;
  placeholder?: string | undefined;
  none?: ReactNode;
}) {
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const entries = optionEntries(options, typed, creatable);
  const at = Math.min(active, entries.length - 1);
  useEffect(() => {
    const popover = list.current;
    if (popover === null || input.current === null) return;
    if (!open) {
      popover.hidePopover();
      return;
    }
    popover.style.setProperty('--width', `${input.current.offsetWidth}px`);
    popover.showPopover();
    placePopover(popover, input.current, 'below-start');
    popover.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [open, typed, at]);
  const choose = (value: string | undefined) => {
    if (value === undefined) return;
    onSelect(value);
    setTyped('');
    setActive(0);
    setOpen(false);
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setOpen(true);
      if (open && entries.length > 0) setActive((at + step + entries.length) % entries.length);
    } else if (event.key === 'Enter' && (open || typed !== '')) {
      event.preventDefault();
      choose(entries[at]?.value);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  return (
    <Field {...texts}>
      {(control) => (
        <>
          <input
            {...control}
            ref={input}
            className={fieldCss.input}
            role="combobox"
            aria-expanded={open}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={open && entries.length > 0 ? `${id}-${at}` : undefined}
            autoComplete="off"
            spellCheck={false}
            placeholder={placeholder}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setActive(0);
              setOpen(true);
            }}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            onKeyDown={key}
          />
          <div
            ref={list}
            id={`${id}-list`}
            popover="manual"
            role="listbox"
            aria-label={typeof texts.label === 'string' ? texts.label : 'Suggestions'}
            className={cx(popoverCss.popover, css.list)}
            // Pressing on the list must not take the focus out of the field.
            onPointerDown={(event) => event.preventDefault()}
          >
            <OptionRows id={id} entries={entries} at={at} none={none} onChoose={choose} />
          </div>
        </>
      )}
    </Field>
  );
}
