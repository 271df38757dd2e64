import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import css from './tag.module.css';

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';

/** A short word about a thing; never the only carrier of a state by its colour. */
export function Tag({ tone = 'neutral', className, ...rest }: ComponentProps<'span'> & { tone?: Tone }) {
  return <span {...rest} className={cx(css.tag, tone !== 'neutral' && css[tone], className)} />;
}
