const gap = 4;
const margin = 8;

/** Where a popover stands to its anchor: below (flipping above when there is no room), aligned to one of its sides. */
export type Placement = 'below-start' | 'below-end' | 'below-center';

/**
 * Puts an open popover (top layer, `position: fixed`) beside its anchor and inside the viewport.
 * CSS anchor positioning would do; it isn't in every browser that we support.
 */
export function placePopover(popover: HTMLElement, anchor: Element, placement: Placement): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const room = { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight };
  const rightToLeft = getComputedStyle(anchor).direction === 'rtl';
  const side =
    placement === 'below-center' ? 'center' : (placement === 'below-start') === rightToLeft ? 'right' : 'left';
  const start = { left: at.left, right: at.right - width, center: (at.left + at.right - width) / 2 };
  const left = Math.max(margin, Math.min(start[side], room.width - width - margin));
  const below = at.bottom + gap;
  const top = below + height > room.height - margin && at.top - gap - height >= margin ? at.top - gap - height : below;
  popover.style.left = `${Math.round(left)}px`;
  popover.style.top = `${Math.round(top)}px`;
}
