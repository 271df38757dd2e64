import stringWidth from 'string-width';
import { fit, pad, printable } from './printable.ts';
import type { Paint } from './terminal.ts';

export interface Column<T> {
  readonly title: string;
  readonly text: (row: T) => string;
  readonly style?: (row: T) => Parameters<Paint>[0] | null;
  /** Columns that it may be cut to where the terminal is narrow; left out: never cut. */
  readonly least?: number;
  /** Cut to its least before others are cut at all: what is of use without its end. */
  readonly cutFirst?: boolean;
  /** Left out altogether before anything else overflows: the highest first. */
  readonly dispensable?: number;
}

const gap = '  ';
/** Columns that others are filled up to where nothing is cut: one long name isn't to widen every row. */
const widestFilled = 100;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Cuts the widest column that may be cut, one by one, until all fit or none is left to cut. */
function shrink<T>(columns: readonly Column<T>[], widths: number[], room: number): boolean {
  const spare = (i: number) => (widths[i] ?? 0) - (columns[i]?.least ?? Infinity);
  const widest = (indices: readonly number[]) =>
    indices.filter((i) => spare(i) > 0).sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
  const all = columns.map((_column, i) => i);
  const first = all.filter((i) => columns[i]?.cutFirst === true);
  while (sum(widths) + gap.length * (widths.length - 1) > room) {
    const cut = widest(first) ?? widest(all);
    if (cut === undefined) return false;
    widths[cut] = (widths[cut] ?? 0) - 1;
  }
  return true;
}

/**
 * Lines of a table, its head first, without a line break at the end. Fits `width` columns by cutting and leaving out what the columns
 * allow; undefined: nothing is cut.
 */
export function renderTable<T>(
  rows: readonly T[],
  allColumns: readonly Column<T>[],
  width: number | undefined,
  paint: Paint,
): string {
  let columns = allColumns.map((column) => ({ column, cells: rows.map((row) => printable(column.text(row))) }));
  const natural = () =>
    columns.map(({ column, cells }) => {
      const widest = cells.reduce((most, cell) => Math.max(most, stringWidth(cell)), stringWidth(column.title));
      return Math.min(widest, width ?? widestFilled);
    });
  let widths = natural();
  const list = () => columns.map(({ column }) => column);
  while (width !== undefined && !shrink(list(), widths, width)) {
    const first = columns.reduce<(typeof columns)[number] | undefined>(
      (most, each) =>
        each.column.dispensable !== undefined && each.column.dispensable > (most?.column.dispensable ?? -1)
          ? each
          : most,
      undefined,
    );
    if (first === undefined) break;
    columns = columns.filter((each) => each !== first);
    widths = natural();
  }
  const line = (cells: readonly string[], style: (i: number) => Parameters<Paint>[0] | null): string =>
    cells
      .map((cell, i) => {
        const text = width === undefined ? cell : fit(cell, widths[i] ?? 0);
        const chosen = style(i);
        const painted = chosen === null ? text : paint(chosen, text);
        // The last column ends with its text: blanks after it would wrap on terminals that are exactly as wide.
        return i === cells.length - 1 ? painted : painted + pad('', (widths[i] ?? 0) - stringWidth(text));
      })
      .join(gap)
      .trimEnd();
  return [
    line(
      columns.map(({ column }) => column.title),
      () => 'bold',
    ),
    ...rows.map((row, r) =>
      line(
        columns.map(({ cells }) => cells[r] ?? ''),
        (i) => columns[i]?.column.style?.(row) ?? null,
      ),
    ),
  ].join('\n');
}

/** Lines of `label  value`, labels in one column. */
export function renderFacts(facts: readonly (readonly [string, string])[], paint: Paint): string {
  const width = facts.reduce((widest, [label]) => Math.max(widest, stringWidth(label)), 0);
  return facts
    .map(([label, value]) => `${paint('bold', label)}${pad('', width - stringWidth(label))}${gap}${value}`)
    .join('\n');
}
