import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CommandError, usageError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** What stands on the first line, without its end. Passphrases may begin and end with blanks. */
const firstLine = (content: string): string => content.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';

/**
 * The passphrase on the first line of a file, or of standard input when `file` is `-`.
 * @param option the option that named the file, for the message
 */
export async function readPassphraseFile(terminal: Terminal, file: string, option: string): Promise<string> {
  if (file === '-') {
    if (terminal.input.isTTY === true)
      throw usageError(
        `${option} - reads standard input, and that is this terminal.`,
        `Leave ${option} out to be asked for the passphrase.`,
      );
    return firstLine(await text(terminal.input));
  }
  try {
    return firstLine(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new CommandError(
      `The passphrase file ${file} can't be read (${reason}).`,
      `Check the path given with ${option} and its permissions.`,
    );
  }
}
