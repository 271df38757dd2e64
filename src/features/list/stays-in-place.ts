/** What somebody has before their eyes. */
export interface Sight {
  /** Indexes of the first and the last row in sight. */
  readonly first: number;
  readonly last: number;
  /** Key of the row that has, or would get, the focus. */
  readonly active: string | null;
}

/**
 * Whether every row in sight stays where it is when the list becomes another one. Away from its top the list is held by its first row
 * in sight (use-row-place.ts): what comes or goes above that one doesn't matter.
 */
export function staysInPlace(
  before: readonly string[],
  after: readonly string[],
  { first, last, active }: Sight,
): boolean {
  const seen = before.slice(first, last + 1);
  const [anchor] = seen;
  if (anchor === undefined) return true;
  const at = after.indexOf(anchor);
  if (at < 0 || (first === 0 && at > 0)) return false;
  if (active !== null && before.includes(active) && !after.includes(active)) return false;
  return seen.every((key, index) => after[at + index] === key);
}
