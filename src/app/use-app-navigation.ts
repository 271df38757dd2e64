import { useLayoutEffect, useMemo, useRef } from 'react';
import { useLocation, useRouter } from 'wouter';
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
  const arrivedAt = useRef<string>(undefined);
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
        const before = arrivedAt.current;
        arrivedAt.current = latest.current.path;
        if (before === undefined || before === latest.current.path) return;
        latest.current.host.showTop();
        heading.focus({ preventScroll: true });
      },
      offers,
      state: () => latest.current.host.state(),
      hold: (ask) => latest.current.host.hold(ask),
    }),
    [base, hrefs, offers],
  );
}
