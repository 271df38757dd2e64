import { Button, type ButtonProps } from './button.tsx';
import type { IconName } from './icon.tsx';

/** A 28 px button with a drawing only; `label` is its name and its tooltip. */
export function IconButton({
  icon,
  label,
  variant = 'quiet',
  ...rest
}: Omit<ButtonProps, 'children' | 'icon' | 'size' | 'aria-label'> & { icon: IconName; label: string }) {
  return <Button tooltip={label} {...rest} icon={icon} variant={variant} size="icon" aria-label={label} />;
}
