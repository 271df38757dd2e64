import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Host } from '../app/host.ts';
import { makeOffers } from './offers.ts';
import type { ConsoleOptions } from './options.ts';
import { pathOnly, type Places } from './places.ts';

/** wouter's two questions about the place, answered by ours. */
export function makeRouter(places: Places): Host['router'] {
  const usePlace = () => useSyncExternalStore(places.subscribe, places.current);
  const usePath = (): [string, Places['navigate']] => [pathOnly(usePlace()), places.navigate];
  const useSearch = () => {
    const place = usePlace();
    return place.slice(pathOnly(place).length);
  };
  return {
    base: '',
    hook: usePath,
    searchHook: useSearch,
    hrefs: places.href,
  };
}

/** The console's view of the page that it was put into. */
export function makeHost(
  options: ConsoleOptions,
  {
    places,
    router,
    root,
    queryClient,
    tell,
  }: {
    places: Places;
    router: Host['router'];
    root: ShadowRoot;
    queryClient: QueryClient;
    /** A view with this title stands. */
    tell: (title: string) => void;
  },
): Host {
  return {
    router,
    place: places.current,
    state: places.state,
    hold: places.hold,
    hears: root,
    showTop: () => {
      // Only when it was scrolled out of sight: the host's own bar above it stays where it is.
      if (root.host.getBoundingClientRect().top < 0) root.host.scrollIntoView({ block: 'start' });
    },
    embedded: true,
    theme: options.theme ?? 'auto',
    hasHeader: options.capabilities?.header !== false,
    locale: options.locale,
    offers: makeOffers(options.capabilities),
    queryClient,
    onTitle: tell,
    onEvent: options.onEvent,
  };
}
