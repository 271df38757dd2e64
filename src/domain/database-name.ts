/** Longest database name that RavenDB takes, in characters. */
export const maxDatabaseNameLength = 128;

const reserved = /^(con|prn|aux|nul|com[1-9]|lpt[1-9]|clock\$)$/i;

/**
 * Why RavenDB wouldn't take this name for a database (contract §7.8, measured); null when it would. Whether such a database exists
 * doesn't matter to it.
 */
export function databaseNameProblem(name: string): string | null {
  if (name.trim() === '') return 'Enter the name of a database.';
  if (name.length > maxDatabaseNameLength)
    return `A database name has at most ${String(maxDatabaseNameLength)} characters.`;
  if (!/^[\p{L}\p{Nd}_.-]+$/u.test(name)) return 'A database name has letters, digits, “_”, “-” and “.” only.';
  if (/^\.|\.$|\.\./.test(name)) return 'In a database name “.” stands between two other characters.';
  if (reserved.test(name)) return `“${name}” is a reserved name.`;
  return null;
}
