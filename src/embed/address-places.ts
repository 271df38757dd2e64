import { holdNavigation } from '../app/hold-navigation.ts';
import { pathOnly, type Places } from './places.ts';

/** How places are written into addresses. */
interface Scheme {
  /** The console's path in an address; undefined when the address isn't the console's. */
  readonly read: (url: URL) => string | undefined;
  readonly write: (path: string) => string;
}

/** Other consoles on this page, and routers that only listen to events, learn of a new address by this one. */
const announce = () => window.dispatchEvent(new PopStateEvent('popstate', { state: window.history.state as unknown }));

function addressPlaces({ read, write }: Scheme, initial: string): Places {
  const here = () => read(new URL(window.location.href));
  // A host's router may have gone elsewhere before the console is taken away: what is shown stays until then.
  let last = here() ?? '/';
  const current = () => (last = here() ?? last);
  const set = (url: string, state: unknown, replace: boolean) => {
    window.history[replace ? 'replaceState' : 'pushState'](state, '', url);
    announce();
  };
  if (last === '/' && initial !== '/') {
    window.history.replaceState(window.history.state, '', write(initial));
    last = initial;
  }
  return {
    current,
    state: () => window.history.state as unknown,
    navigate: (path, { replace = false, state = null } = {}) => set(write(path), state, replace),
    href: write,
    hold: (ask) =>
      holdNavigation(ask, {
        staysHere: (url) => pathOnly(read(new URL(url)) ?? '') === pathOnly(current()),
        go: (url) => set(url, null, false),
      }),
    subscribe: (listener) => {
      const { navigation } = window as { navigation?: Navigation };
      // A host's router writes the address without an event that all browsers know.
      navigation?.addEventListener('currententrychange', listener);
      window.addEventListener('popstate', listener);
      window.addEventListener('hashchange', listener);
      return () => {
        navigation?.removeEventListener('currententrychange', listener);
        window.removeEventListener('popstate', listener);
        window.removeEventListener('hashchange', listener);
      };
    },
  };
}

/** The place is the page's path below `basePath`. */
export function browserPlaces(basePath: string, initial: string): Places {
  const base = basePath.replace(/(?<!\/)\/+$/, '');
  return addressPlaces(
    {
      read: ({ pathname, search }) => {
        if (pathname === base) return `/${search}`;
        return pathname.startsWith(`${base}/`) ? pathname.slice(base.length) + search : undefined;
      },
      write: (path) => base + path,
    },
    initial,
  );
}

/** The place is what stands behind the `#`. */
export function hashPlaces(initial: string): Places {
  return addressPlaces(
    {
      read: ({ hash }) => (hash.startsWith('#/') ? hash.slice(1) : hash.length <= 1 ? '/' : undefined),
      // Not `#…` alone: that would be relative to a `<base>`.
      write: (path) => `${window.location.pathname}${window.location.search}#${path}`,
    },
    initial,
  );
}
