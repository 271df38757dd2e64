/** What is selected, and the row that a range starts from. */
export interface Selected {
  /** By thumbprint. */
  readonly rows: ReadonlySet<string>;
  /** The row that was selected or deselected last. */
  readonly anchor: string | null;
}

/**
 * Selects a row or takes it out; as a range, all between the last one and this become what this one becomes.
 * @param keys thumbprints of the rows as they are shown
 */
export function selectRow({ rows, anchor }: Selected, keys: readonly string[], key: string, range: boolean): Selected {
  const at = keys.indexOf(key);
  const from = range && anchor !== null ? keys.indexOf(anchor) : -1;
  const concerned = from < 0 ? [key] : keys.slice(Math.min(from, at), Math.max(from, at) + 1);
  const next = new Set(rows);
  for (const one of concerned) {
    if (rows.has(key)) next.delete(one);
    else next.add(one);
  }
  return { rows: next, anchor: key };
}

/** Selects all of these rows beside what is selected; when they all are already, takes them out. */
export function selectAll({ rows, anchor }: Selected, keys: readonly string[]): Selected {
  const next = new Set(rows);
  const all = keys.every((key) => rows.has(key));
  for (const key of keys) {
    if (all) next.delete(key);
    else next.add(key);
  }
  return { rows: next, anchor };
}
