/** The UTF-16 that a byte order mark names, as Windows PowerShell's `>` and Notepad write it; null for other text. */
export function utf16OfMark([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}
