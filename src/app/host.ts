import type { QueryClient } from '@tanstack/react-query';
import { createContext, use } from 'react';
import type { RouterOptions } from 'wouter';
import type { AskToLeave } from '../ui/navigation.ts';
import type { Theme } from '../ui/root.tsx';
import type { ConsoleEvent } from './console-event.ts';

/** What the console stands in: a page of its own, or somebody else's. Everything it may touch outside of its own element is here. */
export interface Host {
  /** How wouter finds and changes the place; `base` is the path before the console's own, without a slash at the end. */
  readonly router: Pick<RouterOptions, 'base' | 'hook' | 'searchHook' | 'hrefs'>;
  /** Path and search right now, without the base. */
  readonly place: () => string;
  /** What the last navigation handed over. */
  readonly state: () => unknown;
  /** See {@link AskToLeave}. */
  readonly hold: (ask: AskToLeave) => () => void;
  /** Where single-key shortcuts are heard. */
  readonly hears: Document | ShadowRoot;
  /** Brings the console's top in sight after a navigation. */
  readonly showTop: () => void;
  /** Part of somebody else's page: nothing is stored there, and its sign-in is theirs. */
  readonly embedded: boolean;
  /** Address that a form is sent to in order to sign out; left out where signing in is none of the console's business. */
  readonly signOut?: string | undefined;
  /** Decided by the host; left out: by the person. */
  readonly theme?: Theme | undefined;
  /** Whether the bar on top is drawn. */
  readonly hasHeader: boolean;
  /** Whether a path (with its search) is shown at all. */
  readonly offers: (path: string) => boolean;
  /** The cache to use; left out: a new one. */
  readonly queryClient?: QueryClient | undefined;
  /** BCP 47 tag for dates and numbers; left out: ISO dates, English numbers. */
  readonly locale?: string | undefined;
  readonly onTitle: (title: string) => void;
  readonly onEvent?: ((event: ConsoleEvent) => void) | undefined;
}

export const HostContext = createContext<Host | null>(null);

export function useHost(): Host {
  const host = use(HostContext);
  if (host === null) throw new Error('useHost needs a HostContext around it.');
  return host;
}
