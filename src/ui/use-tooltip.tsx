import { type FocusEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { placePopover } from './place-popover.ts';
import css from './tooltip.module.css';

interface Anchor {
  element: Element;
}

/** Handlers that the anchor takes over. */
export interface TooltipAnchorProps {
  onPointerEnter: (event: { currentTarget: Element; pointerType: string }) => void;
  onPointerLeave: () => void;
  onFocus: (event: FocusEvent) => void;
  onBlur: () => void;
}

/**
 * A tooltip for any element: spread `anchor` on it and render `tip` beside it. It shows on hover and on keyboard focus, closes
 * on Escape (WCAG 1.4.13) and lives in the top layer, so no container cuts it off. It only repeats what assistive technology
 * gets by name or description, and is hidden from it.
 */
export function useTooltip(text: ReactNode): { anchor: TooltipAnchorProps | undefined; tip: ReactNode } {
  const [anchor, setAnchor] = useState<Anchor>();
  const ref = useRef<HTMLDivElement>(null);
  const id = useId();
  const shown = anchor !== undefined && text != null && text !== '';
  useEffect(() => {
    const popover = ref.current;
    if (!shown || popover === null) return undefined;
    const timer = setTimeout(() => {
      popover.showPopover();
      placePopover(popover, anchor.element, 'below-center');
    }, 250);
    const close = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.key === 'Escape') setAnchor(undefined);
    };
    document.addEventListener('keydown', close);
    document.addEventListener('scroll', close, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', close);
      document.removeEventListener('scroll', close, { capture: true });
    };
  }, [shown, anchor]);
  if (text == null || text === '') return { anchor: undefined, tip: null };
  return {
    anchor: {
      onPointerEnter: (event) => {
        if (event.pointerType !== 'touch') setAnchor({ element: event.currentTarget });
      },
      onPointerLeave: () => setAnchor(undefined),
      onFocus: (event) => {
        if (event.currentTarget.matches(':focus-visible')) setAnchor({ element: event.currentTarget });
      },
      onBlur: () => setAnchor(undefined),
    },
    tip: shown ? (
      <div ref={ref} id={id} popover="manual" className={css.tip} aria-hidden="true">
        {text}
      </div>
    ) : null,
  };
}
