import stringWidth from 'string-width';

/** Controls, line and paragraph separators, bidirectional overrides, invisible marks and halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** The text as one line that can't steer a terminal or pose as another one: what can't be seen is written out (`\u{1b}`). */
export const printable = (text: string): string =>
  text.replace(unprintable, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** `text` in at most `width` columns, cut with `…`. */
export function fit(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const next = stringWidth(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return `${kept}…`;
}

export const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - stringWidth(text)));
