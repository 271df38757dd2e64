/**
 * The words of a line as a shell would see them: blanks part, quotes of either kind hold together, a backslash takes a blank, a quote
 * or a backslash behind it as it is and stays where it stands before anything else (`C:\Users`).
 * @returns null when a quote isn't closed
 */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let i = 0; i < line.length; i += 1) {
    const character = line.charAt(i);
    if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (character === '\\' && /[\s"'\\]/.test(line.charAt(i + 1))) {
      i += 1;
      word = (word ?? '') + line.charAt(i);
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (quote !== '') return null;
  if (word !== null) words.push(word);
  return words;
}
