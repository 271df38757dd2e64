import { type ReactNode, useId } from 'react';
import { cx } from '../../ui/cx.ts';
import { Icon } from '../../ui/icon.tsx';
import css from './rotate.module.css';
import type { StepName, StepState } from './rotation-steps.ts';

const words = { done: 'Done', now: 'Now', later: 'Later', needless: 'Not needed' } as const;

/** One step: its number or mark, what it is, how far it is, and below that what there is to do. */
export function RotateStep({
  number,
  name,
  title,
  state: { state, reason },
  children,
}: {
  number: number;
  name: StepName;
  title: string;
  state: StepState;
  children?: ReactNode;
}) {
  const id = useId();
  return (
    <li className={cx(css.step, css[state])} aria-current={state === 'now' ? 'step' : undefined} aria-labelledby={id}>
      <span className={css.mark} aria-hidden="true">
        {state === 'done' ? (
          <Icon name="check" size={14} />
        ) : state === 'needless' ? (
          <Icon name="minus" size={14} />
        ) : (
          number
        )}
      </span>
      <div className={css.body}>
        <div className={css.head}>
          <h2 id={id} tabIndex={-1} data-step={name}>
            {title}
          </h2>
          <span className={css.word}>{words[state]}</span>
        </div>
        {reason === undefined ? null : <p className={css.text}>{reason}</p>}
        {children}
      </div>
    </li>
  );
}
