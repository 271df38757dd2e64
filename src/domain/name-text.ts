import { numberText } from './time-text.ts';

/** Names in a sentence: “a”, “b” and 3 more. @param atMost how many are said one by one; the rest is counted */
export function namesText(names: readonly string[], atMost = names.length): string {
  const said = names
    .slice(0, atMost)
    .map((name) => `“${name}”`)
    .join(', ');
  const more = names.length - atMost;
  return more > 0 ? `${said} and ${numberText(more)} more` : said;
}

/** A name, or what was typed for it, to be compared: a line break can be in a name, but not in a field. */
export const oneLine = (name: string): string => name.replace(/\s+/g, ' ').trim();
