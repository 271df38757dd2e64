import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import css from './popover.module.css';
import { usePopover } from './use-popover.ts';

/** A button that opens a small panel of controls, named by `panelLabel`. The content is a function of `close`. */
export function PopoverButton({
  panelLabel,
  panel,
  ...button
}: Omit<ButtonProps, 'onClick' | 'disabledReason' | 'ref'> & {
  panelLabel: string;
  panel: (close: () => void) => ReactNode;
}) {
  const { open, close, buttonRef, popoverRef, buttonProps, popoverProps } = usePopover('below-start');
  return (
    <>
      <Button {...button} {...buttonProps} ref={buttonRef} aria-haspopup="dialog" />
      <div {...popoverProps} ref={popoverRef} className={css.popover} role="dialog" aria-label={panelLabel}>
        {open ? panel(close) : null}
      </div>
    </>
  );
}
