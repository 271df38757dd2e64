/** A text that is known to be no formula and is written as it is, such as a hash that happens to begin with `+`. */
export interface Exact {
  readonly exact: string;
}

export type CsvValue = string | number | Exact;

/** What a spreadsheet takes for the beginning of a formula, also in its full-width form. */
const formula = /[=+\-@＝＋－＠]/;
/** What it looks past before that. */
const blank = /[\s"\u200B]/;
/**
 * Behind what others separate by a cell may begin too: a spreadsheet that separates by `;` or tabs takes quotes for quotes only at the beginning
 * of its own cells, so that a line break may end its row.
 */
const separator = /[;\t\r\n]/;

/** An apostrophe before whatever would run makes text of it. From the end on, so that a long run of blanks is looked at once. */
function defuse(text: string): string {
  if (!formula.test(text)) return text;
  const parts: string[] = [];
  let end = text.length;
  let runs = false;
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text.charAt(at);
    runs = formula.test(character) || (runs && blank.test(character));
    if (!runs || (at > 0 && !separator.test(text.charAt(at - 1)))) continue;
    parts.push(text.slice(at, end), "'");
    end = at;
  }
  return text.slice(0, end) + parts.reverse().join('');
}

/** RFC 4180, with quotes around every text, so that none is taken apart or for a number. */
function cell(value: CsvValue): string {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? defuse(value) : value.exact;
  return `"${text.replaceAll('"', '""')}"`;
}

/** One line, its end included. */
export const csvLine = (values: readonly CsvValue[]): string => `${values.map(cell).join(',')}\r\n`;

/** A hash in base64: nothing in it can be called or looked up. Anything else is text like any other. */
export const hashValue = (hash: string): CsvValue => (/^[A-Za-z0-9+/]+={0,2}$/.test(hash) ? { exact: hash } : hash);
