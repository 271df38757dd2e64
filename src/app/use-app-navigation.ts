import { useLayoutEffect, useMemo, useRef } from 'react';
import { useLocation, useRouter } from 'wouter';
import { isFocusLost } from '../ui/is-focus-lost.ts';
import type { Navigation } from '../ui/navigation.ts';
import type { Host } from './host.ts';

/** Where the app stands: the path without its base, and the search as it is in the URL (wouter's own `useSearch` decodes it once too often). */
export function usePlace(): { path: string; search: string } {
  const router = useRouter();
  const [path] = useLocation();
  return { path, search: router.searchHook(router) };
}

/**
 * Navigation over wouter, for a base path. Remembers the search that each path was last seen with (`recall`), and moves the focus to
 * the heading of a view that somebody navigated to — not on the first load, where the browser's own order is right.
 */
export function useAppNavigation(prefetch: (path: string) => void, host: Host): Navigation {
  const { base, hrefs } = useRouter();
  const [, navigate] = useLocation();
  const { path, search } = usePlace();
  const { offers } = host;
  const seen = useRef(new Map<string, string>());
  const arrived = useRef<{ path: string; heading?: HTMLElement }>(undefined);
  const latest = useRef({ path, navigate, prefetch, host });
  // Before any passive effect: a view's arrival reads what is written here.
  useLayoutEffect(() => {
    latest.current = { path, navigate, prefetch, host };
    seen.current.set(path, search);
  });
  return useMemo(
    () => ({
      href: (to) => hrefs(base + to),
      navigate: (to, options) => {
        if (offers(to)) latest.current.navigate(to, options);
      },
      prefetch: (to) => latest.current.prefetch(to.split('?')[0] ?? to),
      recall: (to) => to + (seen.current.get(to) ?? ''),
      arrive: (title, heading) => {
        latest.current.host.onTitle(title);
        const { path: now } = latest.current;
        const before = arrived.current;
        arrived.current = { path: now };
        if (before === undefined) return;
        // What stood there while the view loaded had the focus and is gone: the heading that took its place gets it.
        const replaced = before.heading?.isConnected === false && isFocusLost(heading);
        if (before.path === now && !replaced) return;
        if (before.path !== now) latest.current.host.showTop();
        arrived.current = { path: now, heading };
        heading.focus({ preventScroll: true });
      },
      offers,
      state: () => latest.current.host.state(),
      hold: (ask) => latest.current.host.hold(ask),
    }),
    [base, hrefs, offers],
  );
}
