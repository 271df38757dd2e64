import { type KeyboardEvent, useEffect } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { cx } from './cx.ts';
import { Icon, type IconName } from './icon.tsx';
import { Link } from './link.tsx';
import { useNavigation } from './navigation.ts';
import css from './popover.module.css';
import { usePopover } from './use-popover.ts';

/** An entry of a menu: goes somewhere (`to`) or does something (`onSelect`). */
export interface MenuItem {
  label: string;
  icon?: IconName | undefined;
  tone?: 'danger' | undefined;
  /** Why it can't be chosen: it stays, reachable, and says this. */
  disabledReason?: string | undefined;
  to?: string | undefined;
  onSelect?: (() => void) | undefined;
  /** A line above it. */
  separated?: boolean | undefined;
}

/** A button with a menu of actions (WAI-ARIA menu button: arrows, Home, End, first letter, Escape; focus returns to the button). */
export function MenuButton({
  menuLabel,
  items,
  ...button
}: Omit<ButtonProps, 'onClick' | 'disabledReason' | 'ref'> & { menuLabel: string; items: readonly MenuItem[] }) {
  const { offers } = useNavigation();
  const shown = items.filter(({ to }) => to === undefined || offers(to));
  const { open, close, buttonRef, popoverRef, buttonProps, popoverProps } = usePopover('below-end');
  useEffect(() => {
    if (open) popoverRef.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, [open, popoverRef]);
  if (shown.length === 0) return null;
  const move = (event: KeyboardEvent) => {
    const entries = [...(popoverRef.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const at = entries.findIndex((entry) => entry === event.target);
    const to = nextEntry(event.key, at, entries);
    if (event.key === 'Tab') close();
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    entries[to]?.focus();
  };
  return (
    <>
      <Button
        {...button}
        {...buttonProps}
        ref={buttonRef}
        aria-haspopup="menu"
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          event.stopPropagation();
          popoverRef.current?.showPopover();
        }}
      />
      <div
        {...popoverProps}
        ref={popoverRef}
        className={css.popover}
        role="menu"
        aria-label={menuLabel}
        onKeyDown={move}
      >
        {open ? shown.map((item) => <Entry key={item.label} item={item} close={close} />) : null}
      </div>
    </>
  );
}

function nextEntry(key: string, at: number, entries: readonly HTMLElement[]): number | undefined {
  if (key === 'ArrowDown') return (at + 1) % entries.length;
  if (key === 'ArrowUp') return (at - 1 + entries.length) % entries.length;
  if (key === 'Home') return 0;
  if (key === 'End') return entries.length - 1;
  if (key.length !== 1 || key === ' ') return undefined;
  const order = entries.map((_, offset) => (at + 1 + offset) % entries.length);
  return order.find((index) => entries[index]?.textContent.trim().toLowerCase().startsWith(key.toLowerCase()));
}

function Entry({ item, close }: { item: MenuItem; close: () => void }) {
  const content = (
    <>
      {item.icon === undefined ? null : <Icon name={item.icon} />}
      <span className={css.text}>
        {item.label}
        {item.disabledReason === undefined ? null : <span className={css.reason}>{item.disabledReason}</span>}
      </span>
    </>
  );
  const shared = { role: 'menuitem', tabIndex: -1, className: cx(css.item, item.tone && css.danger) };
  return (
    <>
      {item.separated === true ? <hr className={css.line} /> : null}
      {item.to !== undefined && item.disabledReason === undefined ? (
        <Link {...shared} to={item.to} onClick={close}>
          {content}
        </Link>
      ) : (
        <button
          {...shared}
          type="button"
          aria-disabled={item.disabledReason === undefined ? undefined : true}
          onClick={() => {
            if (item.disabledReason !== undefined) return;
            close();
            item.onSelect?.();
          }}
        >
          {content}
        </button>
      )}
    </>
  );
}
