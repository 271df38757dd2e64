import type { ComponentProps, MouseEvent } from 'react';
import { useNavigation } from './navigation.ts';

export interface LinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  /** A path of the app, without its base. */
  to: string;
  replace?: boolean | undefined;
  state?: unknown;
}

/**
 * A link inside the app: a real anchor (new tab, copy address), followed without a page load, its view loaded ahead on hover. Only its text
 * where the host hides what it leads to.
 */
export function Link({ to, replace = false, state, onClick, ...rest }: LinkProps) {
  const { href, navigate, prefetch, offers } = useNavigation();
  const click = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (event.defaultPrevented || elsewhere || rest.target === '_blank') return;
    event.preventDefault();
    navigate(to, { replace, state });
  };
  if (!offers(to)) return <span className={rest.className}>{rest.children}</span>;
  return (
    <a {...rest} href={href(to)} onClick={click} onPointerEnter={() => prefetch(to)} onFocus={() => prefetch(to)} />
  );
}
