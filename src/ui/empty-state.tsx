import type { ReactNode } from 'react';
import css from './empty-state.module.css';
import { Icon, type IconName } from './icon.tsx';

/** In the place of content that isn't there: why, and what to do. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  icon: IconName;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={css.empty}>
      <span className={css.mark}>
        <Icon name={icon} size={20} />
      </span>
      <h2 className={css.title}>{title}</h2>
      {children == null ? null : <div className={css.text}>{children}</div>}
      {actions == null ? null : <div className={css.actions}>{actions}</div>}
    </div>
  );
}
