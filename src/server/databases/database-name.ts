const reserved = /^(con|prn|aux|nul|com[1-9]|lpt[1-9]|clock\$)$/i;

/** Why a database can't have that name, in a sentence; undefined when it can (the rules are RavenDB's, as measured on 7.2.7). */
export function databaseNameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'An empty name is forbidden for use!';
  if (name.length > 128) return `The name '${name}' exceeds '128' characters!`;
  if (reserved.test(name)) return `The name '${name}' is forbidden for use!`;
  if (/[\\/:?"<>|\u0000-\u001f]/.test(name))
    return `The name '${name}' contains characters that are forbidden for use!`;
  // .NET looks at UTF-16 units: a letter that takes two of them is none.
  if (!/^(?:(?![\u{10000}-\u{10ffff}])[\p{L}\p{Nd}_.-])+$/u.test(name))
    return `The name '${name}' is not permitted. Only letters, digits and characters ('_', '-', '.') are allowed.`;
  if (/^\.|\.$|\.\./.test(name))
    return `The name '${name}' is not permitted. If a name contains '.' character then it must be surrounded by other allowed characters.`;
  return undefined;
}
