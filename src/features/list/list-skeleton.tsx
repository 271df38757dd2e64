import { cx } from '../../ui/cx.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import rowCss from './list-row.module.css';
import css from './list-table.module.css';
import { rowHeight } from './use-virtual-rows.ts';

const lines = 18;
const widths = ['52%', '68%', '44%', '60%', '75%'];

/** The table before its first answer, as high as a screen of rows, so that nothing moves when they come. */
export function ListSkeleton() {
  return (
    <div className={cx(css.table, css.skeleton)} role="status">
      <VisuallyHidden>Loading certificates</VisuallyHidden>
      <div className={css.head} aria-hidden="true" />
      <div className={css.body} style={{ height: lines * rowHeight.row }} aria-hidden="true">
        {Array.from({ length: lines }, (_, index) => (
          <div
            key={index}
            className={rowCss.row}
            style={{ transform: `translateY(${String(index * rowHeight.row)}px)` }}
          >
            <span />
            <span className={cx(rowCss.cell)}>
              <Skeleton width={widths[index % widths.length] ?? '50%'} />
            </span>
            <span className={rowCss.cell}>
              <Skeleton width="60%" />
            </span>
            <span className={rowCss.cell}>
              <Skeleton width={widths[(index + 2) % widths.length] ?? '50%'} />
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
