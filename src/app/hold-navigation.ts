import type { AskToLeave } from '../ui/navigation.ts';

/**
 * Holds navigations of this document by whatever way they come: links, the browser's back, a host's router. Rests on the Navigation API;
 * a browser that lacks it holds nothing.
 * @param staysHere whether an address is still the view that is held
 * @param go follows an address that was held; the Navigation API's own way would load the page anew
 * @returns what ends it
 */
export function holdNavigation(
  ask: AskToLeave,
  { staysHere, go }: { staysHere: (url: string) => boolean; go: (url: string) => void },
): () => void {
  const { navigation } = window as { navigation?: Navigation };
  const hold = (event: NavigateEvent) => {
    const { destination } = event;
    if (!event.cancelable || !destination.sameDocument || staysHere(destination.url)) return;
    event.preventDefault();
    ask(() => {
      if (destination.index >= 0) window.navigation.traverseTo(destination.key);
      else go(destination.url);
    });
  };
  navigation?.addEventListener('navigate', hold);
  return () => navigation?.removeEventListener('navigate', hold);
}
