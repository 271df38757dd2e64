import { useLayoutEffect, useMemo, useRef } from 'react';
import { useLocation, useRouter } from 'wouter';
import type { Navigation } from '../ui/navigation.ts';

/** Where the app stands: the path without its base, and the search as it is in the URL (wouter's own `useSearch` decodes it once too often). */
export function usePlace(): { path: string; search: string } {
  const router = useRouter();
  const [path] = useLocation();
  return { path, search: router.searchHook(router) };
}

/**
 * Navigation over wouter, for a base path. Remembers the search that each path was last seen with (`recall`), and moves the focus to
 * the heading of a view that somebody navigated to — not on the first load, where the browser's own order is right.
 * @param onTitle gets each view's title: the page writes it to the document, an embedding host may not want that
 */
export function useAppNavigation(prefetch: (path: string) => void, onTitle: (title: string) => void): Navigation {
  const { base, hrefs } = useRouter();
  const [, navigate] = useLocation();
  const { path, search } = usePlace();
  const seen = useRef(new Map<string, string>());
  const arrivedAt = useRef<string>(undefined);
  const latest = useRef({ path, navigate, prefetch, onTitle });
  // Before any passive effect: a view's arrival reads what is written here.
  useLayoutEffect(() => {
    latest.current = { path, navigate, prefetch, onTitle };
    seen.current.set(path, search);
  });
  return useMemo(
    () => ({
      href: (to) => hrefs(base + to),
      navigate: (to, options) => latest.current.navigate(to, options),
      prefetch: (to) => latest.current.prefetch(to.split('?')[0] ?? to),
      recall: (to) => to + (seen.current.get(to) ?? ''),
      arrive: (title, heading) => {
        latest.current.onTitle(title);
        const before = arrivedAt.current;
        arrivedAt.current = latest.current.path;
        if (before === undefined || before === latest.current.path) return;
        window.scrollTo(0, 0);
        heading.focus({ preventScroll: true });
      },
    }),
    [base, hrefs],
  );
}
