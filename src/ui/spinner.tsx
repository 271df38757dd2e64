import css from './spinner.module.css';
import { VisuallyHidden } from './visually-hidden.tsx';

/** Turning ring; with a `label` it is a status that says what is awaited, without one it only decorates. */
export function Spinner({ label }: { label?: string | undefined }) {
  if (label === undefined) return <span className={css.spinner} aria-hidden="true" />;
  return (
    <span role="status">
      <span className={css.spinner} aria-hidden="true" />
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  );
}
