/**
 * Something to know about a certificate before it is sent. `error`: it can't be sent; `confirm`: something is lost, so a person has to
 * agree; `warn`: it may not do what was meant; `note`: good to know.
 */
export interface Finding {
  readonly id: string;
  readonly level: 'error' | 'confirm' | 'warn' | 'note';
  readonly title: string;
  readonly text: string;
  /** What a person agrees to; with `confirm` only. */
  readonly agreement?: string;
  /** Thumbprint of the registered entry that it is about. */
  readonly about?: string;
}

const weight = { error: 0, confirm: 1, warn: 2, note: 3 } as const;

/** Gravest first, otherwise in the order they were found. */
export const byGravity = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => weight[a.level] - weight[b.level]);

/** Why sending isn't possible yet; undefined when it is. @param agreed ids of the findings a person agreed to */
export function whatIsMissing(findings: readonly Finding[], agreed: ReadonlySet<string>): string | undefined {
  const error = findings.find(({ level }) => level === 'error');
  if (error !== undefined) return error.title;
  const open = findings.find(({ level, id }) => level === 'confirm' && !agreed.has(id));
  return open === undefined ? undefined : `Confirm first: ${open.agreement ?? open.title}`;
}
