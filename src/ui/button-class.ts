import css from './button.module.css';
import { cx } from './cx.ts';

/** `danger-solid` is for the one button that does the destructive thing, in its own dialog. */
export type ButtonVariant = 'plain' | 'primary' | 'quiet' | 'danger' | 'danger-solid';

export interface ButtonLook {
  variant?: ButtonVariant | undefined;
  size?: 'normal' | 'small' | 'icon' | undefined;
  /** Takes the whole width. */
  wide?: boolean | undefined;
}

/** The class names that buttons and links which look like buttons share. */
export function buttonClass(
  { variant = 'plain', size = 'normal', wide = false }: ButtonLook,
  className?: string,
): string {
  return cx(
    css.button,
    variant !== 'plain' && css[variant],
    size !== 'normal' && css[size],
    wide && css.wide,
    className,
  );
}
