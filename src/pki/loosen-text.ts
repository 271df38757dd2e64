import { utf16OfMark } from './text-encoding.ts';

/** What mail, chat, word processors and web pages put between characters; nobody sees it. */
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const dashes = '[-\u2010-\u2015\u2212]';

/** The text of bytes: UTF-8, or UTF-16 by its byte order mark or by the zeros that ASCII has in it. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const unmarked =
    second === 0 && first !== 0 ? 'utf-16le' : first === 0 && second !== undefined && second !== 0 ? 'utf-16be' : null;
  return new TextDecoder(utf16OfMark(bytes) ?? unmarked ?? 'utf-8').decode(bytes);
}

/**
 * PEM or base64 as it was before it went through a mail, a chat, a JSON, an .env or a source file: without quote marks and invisible
 * characters, with line breaks where `\n` was written as two characters, with plain hyphens.
 */
export function loosenText(text: string): string {
  const plain = text
    .replaceAll(invisible, '')
    .replaceAll('\u00a0', ' ')
    .replaceAll(/\\r\\n|\\[nr]/g, '\n')
    .replaceAll('\\/', '/');
  const lines = plain.split(/\r\n?|\n|\u2028|\u2029/).map((line) =>
    line
      .trimEnd()
      // `> ` of mails, `# ` and `//` of comments, the quotes of source files and what joins their lines.
      .replace(/(?:["'`]\s*[+.,;\\)]*|\\)$/, '')
      .replace(/^[\s>|#*"'`]+|^\s*\/\/\s+/, ''),
  );
  return lines
    .join('\n')
    .replaceAll(new RegExp(`${dashes}{2,6} *(BEGIN|END) ([A-Za-z0-9# ]+)${dashes}{2,6}`, 'gi'), (_, side, label) =>
      `-----${String(side)} ${String(label).trim()}-----`.toUpperCase(),
    );
}
