import { useCallback, useState } from 'react';
import type { Theme } from '../ui/root.tsx';

/** How a person wants the console to be. Nothing else of it is stored in the browser. */
export interface Preferences {
  theme: Theme;
  /** Single-key shortcuts. */
  shortcuts: boolean;
}

const key = 'raven-certificates';

function read(keep: boolean): Preferences {
  const preferences: Preferences = { theme: 'auto', shortcuts: true };
  if (!keep) return preferences;
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return preferences;
    if ('theme' in stored && (stored.theme === 'light' || stored.theme === 'dark')) preferences.theme = stored.theme;
    if ('shortcuts' in stored && stored.shortcuts === false) preferences.shortcuts = false;
  } catch {
    // Storage may be denied, or hold something else: the defaults do.
  }
  return preferences;
}

/**
 * The preferences and how to change them.
 * @param keep remembers them where the browser allows it; else they last until the console is left
 */
export function usePreferences(keep: boolean): [Preferences, (change: Partial<Preferences>) => void] {
  const [preferences, setPreferences] = useState(() => read(keep));
  const change = useCallback(
    (part: Partial<Preferences>) => {
      setPreferences((before) => {
        const next = { ...before, ...part };
        if (!keep) return next;
        try {
          localStorage.setItem(key, JSON.stringify(next));
        } catch {
          // It lasts until the page is left, then.
        }
        return next;
      });
    },
    [keep],
  );
  return [preferences, change];
}
