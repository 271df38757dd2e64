import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigation } from '../../ui/navigation.ts';
import { type ListSearch, listSearchText, parseListSearch } from './list-search.ts';

/** How long typing rests before it is written to the URL: browsers limit how often that may happen. */
const rest = 250;

/**
 * The list's search out of the URL, and how to change it. Each choice is a history entry of its own; typed text acts at once and
 * replaces the entry when the typing rests.
 */
export function useListSearch(query: string): {
  search: ListSearch;
  change: (part: Partial<ListSearch>) => void;
  type: (text: string) => void;
  /** Writes what was typed at once: whoever leaves the field may leave the list next. */
  settle: () => void;
} {
  const { navigate } = useNavigation();
  const written = useMemo(() => parseListSearch(query), [query]);
  const [typed, setTyped] = useState<string>();
  const pending = typed !== undefined;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const search = useMemo(() => (typed === undefined ? written : { ...written, text: typed }), [written, typed]);
  const latest = useRef(search);
  useEffect(() => {
    latest.current = search;
  }, [search]);
  const write = useCallback(
    (next: ListSearch, replace: boolean) => {
      clearTimeout(timer.current);
      setTyped(undefined);
      navigate(`/${listSearchText(next)}`, { replace });
    },
    [navigate],
  );
  const change = useCallback((part: Partial<ListSearch>) => write({ ...latest.current, ...part }, false), [write]);
  const type = useCallback(
    (text: string) => {
      setTyped(text);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => write({ ...latest.current, text }, true), rest);
    },
    [write],
  );
  useEffect(() => () => clearTimeout(timer.current), []);
  const settle = useCallback(() => {
    if (pending) write(latest.current, true);
  }, [pending, write]);
  return { search, change, type, settle };
}
