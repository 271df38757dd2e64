import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import css from './server-certificate.module.css';

/** One step of a guided way, with whether it is done. */
export function Step({
  number,
  title,
  done,
  children,
}: {
  number: number;
  title: string;
  done: boolean;
  children: ReactNode;
}) {
  return (
    <li className={css.step}>
      <span className={cx(css.number, done && css.done)} aria-hidden="true">
        {done ? <Icon name="check" size={14} /> : number}
      </span>
      <div className={css.stepBody}>
        <h3>
          {title}
          {done ? <VisuallyHidden> (done)</VisuallyHidden> : null}
        </h3>
        {children}
      </div>
    </li>
  );
}
