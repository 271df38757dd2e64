import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  observeWindowOffset,
  observeWindowRect,
  type Virtualizer,
  windowScroll,
} from '@tanstack/react-virtual';

/** What scrolls an element: its nearest ancestor that does (across shadow roots), else the window. */
export function scrollParent(element: Element): Element | Window {
  let at: Node | null = element.parentNode;
  while (at !== null) {
    if (at instanceof ShadowRoot) at = at.host;
    if (at instanceof Element && at !== document.documentElement && at !== document.body) {
      if (/auto|scroll|overlay/.test(getComputedStyle(at).overflowY)) return at;
    }
    at = at.parentNode;
  }
  return window;
}

type AnyVirtualizer = Virtualizer<Element, Element>;
// The library has one type for lists in an element and one for lists in the window; ours learns which when it is drawn.
const asWindow = (virtualizer: AnyVirtualizer) => virtualizer as unknown as Virtualizer<Window, Element>;
const inWindow = (virtualizer: AnyVirtualizer): boolean => (virtualizer.scrollElement as unknown) === window;

/** Options of a virtualizer that scrolls with whatever its list stands in. */
export const scrollOptions = {
  observeElementRect: (virtualizer: AnyVirtualizer, onRect: Parameters<typeof observeElementRect>[1]) =>
    inWindow(virtualizer) ? observeWindowRect(asWindow(virtualizer), onRect) : observeElementRect(virtualizer, onRect),
  observeElementOffset: (virtualizer: AnyVirtualizer, onOffset: Parameters<typeof observeElementOffset>[1]) =>
    inWindow(virtualizer)
      ? observeWindowOffset(asWindow(virtualizer), onOffset)
      : observeElementOffset(virtualizer, onOffset),
  scrollToFn: (offset: number, options: Parameters<typeof elementScroll>[1], virtualizer: AnyVirtualizer) => {
    if (inWindow(virtualizer)) windowScroll(offset, options, asWindow(virtualizer));
    else elementScroll(offset, options, virtualizer);
  },
};

/** How far the content of `scroller` begins above `element`, px: what the list has above it. */
export function offsetIn(scroller: Element | Window, element: Element): number {
  const { top } = element.getBoundingClientRect();
  return scroller instanceof Element
    ? top - scroller.getBoundingClientRect().top + scroller.scrollTop
    : top + scroller.scrollY;
}
