import { createContext, useContext, useEffect, useRef } from 'react';

/** Whether single-key shortcuts are on; they can be turned off (WCAG 2.1.4). */
export const ShortcutsContext = createContext(true);

const takesText = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(target.type)));

/** Runs `act` on a single key, except while somebody types, in an open dialog, or with shortcuts turned off. */
export function useShortcut(key: string, act: () => void): void {
  const on = useContext(ShortcutsContext);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent) => {
      // In a shadow root the event's target is its host; the path knows better.
      const target = event.composedPath()[0];
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (takesText(target) || (target instanceof Element && target.closest('dialog, [role="menu"]') !== null)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [key, on]);
}
