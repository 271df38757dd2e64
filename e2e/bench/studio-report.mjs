/**
 * One thing measured of both. `studio` and `ours` are undefined where it failed.
 * @typedef {{section: string, what: string, unit: string, studio?: number, ours?: number, target?: number, floor?: number}} Pair
 *   `target`: what ours shall not exceed; `floor`: below it nothing can be told apart
 */

const shown = (value, unit, floor = 0) => {
  if (value === undefined) return 'failed';
  if (value < floor) return `< ${floor} ${unit}`;
  return `${Number(value.toFixed(value >= 10 || Number.isInteger(value) ? 0 : 1)).toLocaleString('en')} ${unit}`.trim();
};

/** How many times ours Studio's figure is; undefined where one of them is missing or nothing. */
export function ratioOf({ studio, ours, floor = 0 }) {
  if (studio === undefined || ours === undefined) return undefined;
  const below = Math.max(ours, floor);
  return below === 0 || studio < floor ? undefined : studio / below;
}

/** Whether ours is as it shall be; undefined where nothing was set. */
export function keeps({ ours, target }) {
  if (target === undefined) return undefined;
  return ours !== undefined && ours <= target;
}

const ratioText = (pair) => {
  const ratio = ratioOf(pair);
  if (ratio === undefined) return '–';
  const text = ratio >= 10 ? Math.round(ratio).toLocaleString('en') : ratio.toFixed(1);
  return pair.ours < (pair.floor ?? 0) ? `> ${text}` : text;
};

/** The pairs as a table of text, one section below the other. */
export function compared(pairs) {
  const lines = [];
  let section;
  for (const pair of pairs) {
    if (pair.section !== section) {
      section = pair.section;
      lines.push(
        '',
        section.padEnd(60) + ['Studio', 'ours', 'Studio / ours', 'target'].map((t) => t.padStart(15)).join(''),
      );
      lines.push('-'.repeat(120));
    }
    const { what, unit, studio, ours, target, floor } = pair;
    const kept = keeps(pair);
    const cells = [
      shown(studio, unit, floor),
      shown(ours, unit, floor),
      ratioText(pair),
      target === undefined ? '' : `≤ ${shown(target, unit)}`,
    ];
    lines.push(
      `${what.padEnd(60)}${cells.map((cell) => cell.padStart(15)).join('')}${kept === undefined ? '' : kept ? '  kept' : '  MISSED'}`.trimEnd(),
    );
  }
  return lines.join('\n');
}
