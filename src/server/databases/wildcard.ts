/**
 * Whether a text fits one of RavenDB's patterns for ids: `*` is anything, `?` one character, `|` stands between alternatives; in any case.
 */
export function fitsPattern(text: string, patterns: string): boolean {
  const lower = text.toLowerCase();
  return patterns
    .toLowerCase()
    .split('|')
    .some((pattern) => fits(lower, pattern));
}

/** Goes back to the last star only, so that no pattern takes long. */
function fits(text: string, pattern: string): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = at;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[at])) {
      p++;
      at++;
    } else if (star >= 0) {
      p = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
