/** One thing and how far it is opened. */
export interface GrantRow<Level extends string> {
  readonly item: string;
  readonly level: Level;
}

/**
 * The rows with more names behind them. Upper and lower case are the same; names that are there already or that `check` refuses stay out.
 * @returns the rows, and what is wrong with the first name that stayed out
 */
export function addGrants<Level extends string>(
  grants: readonly GrantRow<Level>[],
  names: readonly string[],
  level: Level,
  check: (item: string) => string | null,
): { grants: GrantRow<Level>[]; problem: string | null } {
  const result = [...grants];
  const taken = new Set(grants.map(({ item }) => item.toLowerCase()));
  let problem: string | null = null;
  for (const item of names.map((name) => name.trim()).filter((name) => name !== '')) {
    const wrong = taken.has(item.toLowerCase()) ? `“${item}” is there already.` : check(item);
    problem ??= wrong;
    if (wrong !== null) continue;
    taken.add(item.toLowerCase());
    result.push({ item, level });
  }
  return { grants: result, problem };
}
