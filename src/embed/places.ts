import type { AskToLeave, NavigateOptions } from '../ui/navigation.ts';

/** Where a console keeps its place. Paths are its own, with their search: `/generate?from=…`. */
export interface Places {
  readonly current: () => string;
  /** What the last navigation handed over. */
  readonly state: () => unknown;
  readonly navigate: (path: string, options?: NavigateOptions) => void;
  /** The address that the browser shows for a path. */
  readonly href: (path: string) => string;
  readonly hold: (ask: AskToLeave) => () => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Path without its search. */
export const pathOnly = (path: string): string => path.split('?', 1)[0] ?? path;
