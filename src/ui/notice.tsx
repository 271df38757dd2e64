import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import css from './notice.module.css';

export type NoticeTone = 'info' | 'success' | 'warn' | 'error';

const icons = { info: 'info', success: 'success', warn: 'warning', error: 'error' } as const;

/** What happened (`title`), what to do next (`children`) and the button that does it. Errors are announced at once. */
export function Notice({
  tone = 'info',
  title,
  children,
  actions,
}: {
  tone?: NoticeTone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={cx(css.notice, css[tone])} role={tone === 'error' ? 'alert' : undefined}>
      <span className={css.mark}>
        <Icon name={icons[tone]} />
      </span>
      <div className={css.body}>
        {title == null ? null : <p className={css.title}>{title}</p>}
        {children == null ? null : <div className={css.text}>{children}</div>}
      </div>
      {actions == null ? null : <div className={css.actions}>{actions}</div>}
    </div>
  );
}
