import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { useNavigation } from './navigation.ts';
import css from './page-header.module.css';

/** A view's heading: the way back (to the list as it was left), title, tags and actions. Sets the document's title too. */
export function PageHeader({
  title,
  back,
  tags,
  actions,
  children,
}: {
  title: string;
  back?: { to: string; label: string } | undefined;
  tags?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const { arrive, recall } = useNavigation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (heading.current !== null) arrive(title, heading.current);
  }, [arrive, title]);
  return (
    <header className={css.header}>
      {back === undefined ? null : (
        <Link to={recall(back.to)} className={css.back}>
          <Icon name="back" size={14} />
          {back.label}
        </Link>
      )}
      <div className={css.line}>
        <h1 ref={heading} className={css.title} tabIndex={-1}>
          {title}
        </h1>
        {tags == null ? null : <div className={css.tags}>{tags}</div>}
        {actions == null ? null : <div className={css.actions}>{actions}</div>}
      </div>
      {children == null ? null : <div className={css.text}>{children}</div>}
    </header>
  );
}
