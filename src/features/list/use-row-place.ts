import { useQueryClient } from '@tanstack/react-query';
import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { leavePlace, placeLeft } from './list-place.ts';

/**
 * Keeps the list where somebody has it: coming back finds it scrolled as it was left with the focus on the same row, rows that
 * come or go above don't move what is being looked at, and a new certificate is brought into sight.
 */
export function useRowPlace({
  query,
  keys,
  active,
  virtualizer,
  focusRow,
  fresh,
  height,
}: {
  query: string;
  keys: readonly string[];
  active: string | undefined;
  virtualizer: Virtualizer<Element, Element>;
  focusRow: (index: number) => void;
  fresh: string | undefined;
  height: number;
}): void {
  const client = useQueryClient();
  const latest = useRef({ query, active });
  useEffect(() => {
    latest.current = { query, active };
  }, [query, active]);

  const restored = useRef(false);
  useEffect(() => {
    if (restored.current || keys.length === 0) return;
    restored.current = true;
    const place = placeLeft(client, query);
    if (place === undefined) return;
    const index = place.thumbprint === undefined ? -1 : keys.indexOf(place.thumbprint);
    if (index >= 0) focusRow(index);
    virtualizer.scrollToOffset(place.top);
  }, [client, query, keys, focusRow, virtualizer]);
  useLayoutEffect(
    () => () => {
      const { query: left, active: thumbprint } = latest.current;
      leavePlace(client, { query: left, top: virtualizer.scrollOffset ?? 0, thumbprint });
    },
    [client, virtualizer],
  );

  const before = useRef({ keys, query });
  useLayoutEffect(() => {
    const { keys: old, query: oldQuery } = before.current;
    before.current = { keys, query };
    // Another search or order is looked at from its own top; the same one, loaded anew, from where it was.
    if (old === keys || oldQuery !== query) return;
    const listTop = virtualizer.options.scrollMargin;
    const offset = virtualizer.scrollOffset ?? 0;
    const first = Math.floor((offset - listTop) / height);
    const key = old[first];
    if (first <= 0 || key === undefined) return;
    const now = keys.indexOf(key);
    if (now >= 0 && now !== first) virtualizer.scrollToOffset(offset + (now - first) * height);
  }, [keys, query, virtualizer, height]);

  const shown = useRef<string>(undefined);
  useEffect(() => {
    if (fresh === undefined || shown.current === fresh) return;
    const index = keys.indexOf(fresh);
    if (index < 0) return;
    shown.current = fresh;
    virtualizer.scrollToIndex(index, { align: 'center' });
  }, [fresh, keys, virtualizer]);
}
