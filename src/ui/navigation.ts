import { createContext, useContext } from 'react';

export interface NavigateOptions {
  /** Replaces the current history entry. */
  replace?: boolean;
  /** Kept with the history entry, never in the URL. */
  state?: unknown;
}

/** Somebody is about to leave; `leave` goes on with it. */
export type AskToLeave = (leave: () => void) => void;

/** What the shell lends to links and pages, so that views know paths of the app only: `/certificates/…`, without its base. */
export interface Navigation {
  /** The address that the browser shows for a path of the app. */
  href: (path: string) => string;
  navigate: (path: string, options?: NavigateOptions) => void;
  /** Loads a view's code and data ahead. */
  prefetch: (path: string) => void;
  /** The path with the search it was last seen with: a way back to the list as it was left. */
  recall: (path: string) => string;
  /** A view stands: its title becomes the document's, its heading takes the focus when somebody navigated to it. */
  arrive: (title: string, heading: HTMLElement) => void;
  /** Whether this path is shown at all: a host may hide parts of the console, and then no link leads there. */
  offers: (path: string) => boolean;
  /** What the last navigation handed over. */
  state: () => unknown;
  /** From now on whoever leaves the current path is held and `ask` is called. @returns what ends it */
  hold: (ask: AskToLeave) => () => void;
}

/** Without a shell (tests), paths are plain addresses. */
export const NavigationContext = createContext<Navigation>({
  href: (path) => path,
  navigate: (path) => window.location.assign(path),
  prefetch: () => undefined,
  recall: (path) => path,
  arrive: () => undefined,
  offers: () => true,
  state: () => null,
  hold: () => () => undefined,
});

/** The shell's navigation; see {@link Navigation}. */
export function useNavigation(): Navigation {
  return useContext(NavigationContext);
}
