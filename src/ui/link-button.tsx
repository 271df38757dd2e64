import { type ButtonLook, buttonClass } from './button-class.ts';
import { Icon, type IconName } from './icon.tsx';
import { Link, type LinkProps } from './link.tsx';
import { useNavigation } from './navigation.ts';

/** A link that looks like a button: for going somewhere, never for doing something. Nothing where the host hides what it leads to. */
export function LinkButton({
  variant,
  size,
  wide,
  icon,
  className,
  children,
  ...rest
}: LinkProps & ButtonLook & { icon?: IconName | undefined }) {
  const { offers } = useNavigation();
  if (!offers(rest.to)) return null;
  return (
    <Link {...rest} className={buttonClass({ variant, size, wide }, className)}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </Link>
  );
}
