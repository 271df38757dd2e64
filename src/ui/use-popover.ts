import { type RefObject, type ToggleEvent, useEffect, useId, useRef, useState } from 'react';
import { type Placement, placePopover } from './place-popover.ts';

/** What {@link usePopover} gives to a button and its popover. */
export interface PopoverParts {
  open: boolean;
  close: () => void;
  buttonRef: RefObject<HTMLButtonElement | null>;
  popoverRef: RefObject<HTMLDivElement | null>;
  buttonProps: { popoverTarget: string; 'aria-expanded': boolean; 'aria-controls': string };
  popoverProps: {
    id: string;
    popover: 'auto';
    onBeforeToggle: (event: ToggleEvent<HTMLElement>) => void;
    onToggle: (event: ToggleEvent<HTMLElement>) => void;
  };
}

/**
 * A native `popover="auto"` with the button that toggles it: light dismiss, Escape and the top layer come from the browser; it is
 * placed beside the button and follows the page. Render its content while `open` only.
 */
export function usePopover(placement: Placement): PopoverParts {
  const id = useId();
  const buttonRef = useRef<HTMLButtonElement>(null);
  const popoverRef = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const popover = popoverRef.current;
    if (!open || popover === null) return undefined;
    const place = () => {
      if (buttonRef.current !== null) placePopover(popover, buttonRef.current, placement);
    };
    place();
    const grown = new ResizeObserver(place);
    grown.observe(popover);
    window.addEventListener('scroll', place, { capture: true, passive: true });
    window.addEventListener('resize', place);
    return () => {
      grown.disconnect();
      window.removeEventListener('scroll', place, { capture: true });
      window.removeEventListener('resize', place);
    };
  }, [open, placement]);
  return {
    open,
    close: () => popoverRef.current?.hidePopover(),
    buttonRef,
    popoverRef,
    buttonProps: { popoverTarget: id, 'aria-expanded': open, 'aria-controls': id },
    popoverProps: {
      id,
      popover: 'auto',
      onBeforeToggle: ({ target, currentTarget, newState }) => {
        if (target !== currentTarget || newState !== 'closed') return;
        // Chromium gives the focus back by itself in a document only, not in a shadow root.
        const { activeElement } = currentTarget.getRootNode() as Document | ShadowRoot;
        if (currentTarget.contains(activeElement)) buttonRef.current?.focus();
      },
      onToggle: (event) => {
        if (event.target === event.currentTarget) setOpen(event.newState === 'open');
      },
    },
  };
}
