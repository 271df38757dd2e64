import css from './skeleton.module.css';

/** A grey bar where text will be; decoration only. `width` is any CSS width. */
export function Skeleton({ width = '100%' }: { width?: string }) {
  return <span className={css.bone} style={{ width }} aria-hidden="true" />;
}
