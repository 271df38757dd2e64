import { holdNavigation } from './hold-navigation.ts';
import type { Host } from './host.ts';

/**
 * The page as the console's host: it has the address, the keys and the title to itself.
 * @param base the path before the console's own (`/studio`), without a slash at the end
 * @param signOut see {@link Host}
 */
export function pageHost(base: string, signOut: string | undefined): Host {
  return {
    router: { base },
    place: () => {
      const { pathname, search } = window.location;
      return (pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname) + search;
    },
    state: () => window.history.state as unknown,
    hold: (ask) =>
      holdNavigation(ask, {
        staysHere: (url) => new URL(url).pathname === window.location.pathname,
        // The router listens to this.
        go: (url) => window.history.pushState(null, '', url),
      }),
    hears: document,
    showTop: () => window.scrollTo(0, 0),
    embedded: false,
    signOut,
    hasHeader: true,
    offers: () => true,
    onTitle: (title) => {
      document.title = `${title} · Raven Certificates`;
    },
  };
}
