import type { QueryClient } from '@tanstack/react-query';

/** Where somebody left the list. */
export interface ListPlace {
  /** The URL's query. */
  readonly query: string;
  /** Pixels scrolled. */
  readonly top: number;
  /** The row that had, or would get, the focus. */
  readonly thumbprint: string | undefined;
}

// One per console: two on a page don't share it, and it goes with the cache.
const places = new WeakMap<QueryClient, ListPlace>();

export const leavePlace = (client: QueryClient, place: ListPlace): void => void places.set(client, place);

/** The place where this very list was left; undefined when it is another search's. */
export function placeLeft(client: QueryClient, query: string): ListPlace | undefined {
  const place = places.get(client);
  return place?.query === query ? place : undefined;
}
