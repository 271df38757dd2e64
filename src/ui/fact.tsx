import type { ReactNode } from 'react';
import css from './facts.module.css';

/** One line of `Facts`. */
export function Fact({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt className={css.term}>{term}</dt>
      <dd className={css.value}>{children}</dd>
    </>
  );
}
