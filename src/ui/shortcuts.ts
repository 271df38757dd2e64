import { createContext, useContext, useEffect, useRef } from 'react';

/**
 * Where single-key shortcuts are heard: the document when the console has the page to itself, its own root in a host, so that they act
 * only while the focus is within. Null turns them off (WCAG 2.1.4).
 */
export const ShortcutsContext = createContext<Document | ShadowRoot | null>(null);

const takesText = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(target.type)));

/** Runs `act` on a single key, except while somebody types, in an open dialog, or with shortcuts turned off. */
export function useShortcut(key: string, act: () => void): void {
  const scope = useContext(ShortcutsContext);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (scope === null) return undefined;
    const press = (event: Event) => {
      if (!(event instanceof KeyboardEvent)) return;
      // In a shadow root the event's target is its host; the path knows better.
      const target = event.composedPath()[0];
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (takesText(target) || (target instanceof Element && target.closest('dialog, [role="menu"]') !== null)) return;
      event.preventDefault();
      latest.current();
    };
    scope.addEventListener('keydown', press);
    return () => scope.removeEventListener('keydown', press);
  }, [key, scope]);
}
