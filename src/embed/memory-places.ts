import type { AskToLeave } from '../ui/navigation.ts';
import { pathOnly, type Places } from './places.ts';

/** A place that nobody but the console knows: the address stays the host's. */
export function memoryPlaces(initial: string): Places {
  let place = { path: initial, state: null as unknown };
  const listeners = new Set<() => void>();
  const holders = new Set<AskToLeave>();
  const go = (path: string, state: unknown) => {
    place = { path, state };
    for (const listener of [...listeners]) listener();
  };
  return {
    current: () => place.path,
    state: () => place.state,
    navigate: (path, { state = null } = {}) => {
      const [ask] = holders;
      if (ask === undefined || pathOnly(path) === pathOnly(place.path)) go(path, state);
      else ask(() => go(path, state));
    },
    // There is no address to offer; a link opened in a new tab shows the host's page.
    href: () => window.location.href,
    hold: (ask) => {
      holders.add(ask);
      return () => void holders.delete(ask);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
