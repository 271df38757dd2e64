import { type ComponentProps, type MouseEvent, type ReactNode, useId } from 'react';
import { type ButtonLook, buttonClass } from './button-class.ts';
import { Icon, type IconName } from './icon.tsx';
import { Spinner } from './spinner.tsx';
import { useTooltip } from './use-tooltip.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'>, ButtonLook {
  icon?: IconName | undefined;
  /** Why the button can't be used now: it stays reachable, does nothing, and says this. */
  disabledReason?: string | undefined;
  /** Work is under way: shows a spinner and ignores further clicks. */
  pending?: boolean | undefined;
  /** Shown on hover and focus; `disabledReason` wins. */
  tooltip?: ReactNode;
}

/** A button; `type` is `button` unless told. Disabled ones keep the focus and say why (aria-disabled, never `disabled`). */
export function Button({
  variant,
  size,
  wide,
  icon,
  disabledReason,
  pending = false,
  tooltip,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const { anchor, tip } = useTooltip(disabledReason ?? tooltip);
  const off = disabledReason !== undefined || pending;
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    if (off) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <>
      <button
        type="button"
        {...rest}
        {...anchor}
        className={buttonClass({ variant, size, wide }, className)}
        aria-disabled={off || undefined}
        aria-busy={pending || undefined}
        aria-describedby={disabledReason === undefined ? rest['aria-describedby'] : reasonId}
        onClick={click}
      >
        {pending ? <Spinner /> : icon === undefined ? null : <Icon name={icon} />}
        {children}
      </button>
      {disabledReason === undefined ? null : <VisuallyHidden id={reasonId}>{disabledReason}</VisuallyHidden>}
      {tip}
    </>
  );
}
