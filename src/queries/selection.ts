import type { QueryClient } from '@tanstack/react-query';

const nothing: ReadonlySet<string> = new Set();

// One per console: two on a page don't share it, and it goes with the cache.
const selections = new WeakMap<QueryClient, ReadonlySet<string>>();

/** Thumbprints of the certificates that are selected in the list; they stay so while other views are open. */
export const selectedCertificates = (client: QueryClient): ReadonlySet<string> => selections.get(client) ?? nothing;

export const selectCertificates = (client: QueryClient, thumbprints: ReadonlySet<string>): void =>
  void selections.set(client, thumbprints);

/** A selection as it is handed to another view with the history entry: it may be long, and is nobody's business in an address. */
export const selectionState = (thumbprints: Iterable<string>): { selected: readonly string[] } => ({
  selected: [...thumbprints],
});

/** Reads what `history.state` may hold; anything but a selection is an empty one. */
export function selectionIn(state: unknown): readonly string[] {
  if (typeof state !== 'object' || state === null || !('selected' in state)) return [];
  const { selected } = state;
  if (!Array.isArray(selected)) return [];
  return [...new Set(selected.filter((thumbprint): thumbprint is string => typeof thumbprint === 'string'))];
}
