import type { ReactNode } from 'react';
import css from './facts.module.css';

/** Names and values; children are `Fact`s. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={css.facts}>{children}</dl>;
}
