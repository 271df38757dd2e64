import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import css from './root.module.css';

/** What a person chose; `auto` follows the system (or the host page). */
export type Theme = 'auto' | 'light' | 'dark';

/** The element that everything lives in: it carries tokens and theme, so the app can sit in a document or in a shadow root. */
export function Root({ theme, className, ...rest }: ComponentProps<'div'> & { theme: Theme }) {
  return <div {...rest} className={cx(css.root, className)} data-theme={theme === 'auto' ? undefined : theme} />;
}
