import type { ComponentProps } from 'react';
import css from './card.module.css';
import { cx } from './cx.ts';

/** A surface on the page. */
export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return <section {...rest} className={cx(css.card, className)} />;
}
