import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { offsetIn, scrollOptions, scrollParent } from './scroll-parent.ts';

/** Heights in px, as in list-row.module.css and list-table.module.css. */
export const rowHeight = { row: 40, card: 68, head: 36 };

/**
 * The rows that are in sight and some around, in whatever scrolls the list. The active row is always among them, so that the focus can't
 * get lost by scrolling.
 */
export function useVirtualRows({
  body,
  keys,
  cards,
  active,
  covered,
}: {
  body: RefObject<HTMLDivElement | null>;
  /** A key per row. */
  keys: readonly string[];
  cards: boolean;
  active: number;
  /** Height of what stands over the end of the list, px: the active row must not be below it. */
  covered: number;
}) {
  const [margin, setMargin] = useState(0);
  const size = cards ? rowHeight.card : rowHeight.row;
  const scroller = useRef<Element | Window>(null);
  useLayoutEffect(() => {
    const element = body.current;
    if (element === null) return undefined;
    const scrolls = (scroller.current ??= scrollParent(element));
    const measure = () => setMargin(Math.round(offsetIn(scrolls, element)));
    measure();
    // What stands above the list may grow: a notice, filters that wrap.
    const moved = new ResizeObserver(measure);
    for (let at: Element | null = element; at !== null && at !== scrolls; at = at.parentElement) moved.observe(at);
    return () => moved.disconnect();
  }, [body]);
  const virtualizer = useVirtualizer<Element, Element>({
    ...scrollOptions,
    count: keys.length,
    getItemKey: (index) => keys[index] ?? index,
    estimateSize: () => size,
    // The window stands in for an element here; scrollOptions know. Looked for once: it has the browser lay out what has changed.
    getScrollElement: () =>
      body.current === null ? null : ((scroller.current ??= scrollParent(body.current)) as Element),
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    initialOffset: () => window.scrollY,
    overscan: 4,
    scrollMargin: margin,
    scrollPaddingStart: cards ? 0 : rowHeight.head,
    scrollPaddingEnd: covered,
    useFlushSync: false,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (active < 0 || active >= keys.length || indexes.includes(active)) return indexes;
      return [...indexes, active].sort((a, b) => a - b);
    },
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, size]);
  return { virtualizer, margin, size };
}
