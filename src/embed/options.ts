import type { QueryClient } from '@tanstack/react-query';
import type { ConsoleEvent } from '../app/console-event.ts';

export type { ConsoleEvent, ConsoleEventType } from '../app/console-event.ts';

/** Parts of the console that a host can hide. What is hidden has no button, no link and no address; what the server allows is another matter. */
export type Capability =
  | 'header'
  | 'generate'
  | 'upload'
  | 'edit'
  | 'disable'
  | 'delete'
  | 'server'
  | 'history'
  | 'usage';

/** Where the console stands after a navigation. */
export interface ConsolePlace {
  /** Path and search of the console's own, such as `/generate` or `/?state=expired`: good as `initialView` of another one. */
  readonly path: string;
  /** The view's heading. */
  readonly title: string;
}

/** How a console is put into a page. The same for every entry; all but `baseUrl` may be left out. */
export interface ConsoleOptions {
  /**
   * What stands before RavenDB's own paths, without a slash at the end: `/certificates/raven` where `createGateway` is mounted at
   * `/certificates`. Relative to the page's origin, or absolute.
   */
  readonly baseUrl: string;
  /** Sends every request; carries the host's own authentication. Default: the window's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * Where the console keeps its place: `browser` in the path below `basePath`, `hash` behind the `#`, `memory` (default) nowhere in the
   * address. Fixed once mounted.
   */
  readonly routing?: 'browser' | 'hash' | 'memory' | undefined;
  /** Path of the page that the console's own paths follow, such as `/admin/certificates`. For `browser` only; default `/`. */
  readonly basePath?: string | undefined;
  /** What is shown first where the address says nothing else: a path such as `/generate`. */
  readonly initialView?: string | undefined;
  /** Default `auto`: as the system. */
  readonly theme?: 'light' | 'dark' | 'auto' | undefined;
  /** Overrides of the look, such as `{'--raven-accent': '#0a6'}`; the same names set in the page's style sheet work too. */
  readonly tokens?: Readonly<Record<`--raven-${string}`, string>> | undefined;
  /** BCP 47 tag for dates and numbers; one for all consoles on a page. Default: `2031-11-21` and `1,234`. Times are UTC. */
  readonly locale?: string | undefined;
  /** `{delete: false}` hides it; what isn't named is shown. */
  readonly capabilities?: Readonly<Partial<Record<Capability, boolean>>> | undefined;
  /** Called after each navigation, and once when the first view stands. */
  readonly onNavigate?: ((place: ConsolePlace) => void) | undefined;
  /** Called after something was done. Never carries a key, passphrase or code. */
  readonly onEvent?: ((event: ConsoleEvent) => void) | undefined;
  /** Called when an answer says that the host's sign-in is gone (`Gateway.SignInRequired`). */
  readonly onSignInRequired?: (() => void) | undefined;
  /** A React Query client to share; its keys begin with `raven-`. Default: one of its own. Fixed once mounted. */
  readonly queryClient?: QueryClient | undefined;
}

/** Every option that may be left out, left out: what goes back to its default in an update. */
export const noOptions = {
  fetch: undefined,
  routing: undefined,
  basePath: undefined,
  initialView: undefined,
  theme: undefined,
  tokens: undefined,
  locale: undefined,
  capabilities: undefined,
  onNavigate: undefined,
  onEvent: undefined,
  onSignInRequired: undefined,
  queryClient: undefined,
} as const satisfies Record<Exclude<keyof ConsoleOptions, 'baseUrl'>, undefined>;

/** A console in a page. */
export interface MountedConsole {
  /** Changes the options that are named and leaves the others. */
  readonly update: (options: Partial<ConsoleOptions>) => void;
  /** Takes everything away again; twice does no harm. */
  readonly unmount: () => void;
}
