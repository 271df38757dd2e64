/**
 * One line of the bench.
 * @typedef {{section: string, what: string, value: number, unit: string, target?: number, note?: string, better?: 'less' | 'more'}} Figure
 */

const round = (value) =>
  value >= 100 ? Math.round(value) : value >= 10 ? Math.round(value * 10) / 10 : Math.round(value * 1000) / 1000;

/** Whether a figure keeps its budget; undefined where it has none. */
export function keeps({ value, target, better = 'less' }) {
  if (target === undefined) return undefined;
  return better === 'less' ? value <= target : value >= target;
}

/** The figures as a table of text, one section below the other. */
export function table(figures) {
  const lines = [];
  let section;
  for (const figure of figures) {
    if (figure.section !== section) {
      section = figure.section;
      lines.push('', section, '-'.repeat(section.length));
    }
    const kept = keeps(figure);
    const budget =
      figure.target === undefined ? '' : `${figure.better === 'more' ? '≥' : '≤'} ${figure.target} ${figure.unit}`;
    const verdict = kept === undefined ? '' : kept ? 'kept' : 'MISSED';
    lines.push(
      `${figure.what.padEnd(58)}${`${round(figure.value).toLocaleString('en')} ${figure.unit}`.padStart(18)}   ${budget.padEnd(18)}${verdict.padEnd(8)}${figure.note ?? ''}`.trimEnd(),
    );
  }
  return lines.join('\n');
}
