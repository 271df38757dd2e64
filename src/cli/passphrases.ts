import { readFile } from 'node:fs/promises';
import { arrayBuffer } from 'node:stream/consumers';
import { utf16OfMark } from '../pki/text-encoding.ts';
import { CommandError, usageError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** What stands on the first line, without its end. Passphrases may begin and end with blanks. */
const firstLine = (content: string): string => content.split(/\r?\n/, 1)[0] ?? '';

/** UTF-8, or UTF-16 as Windows PowerShell writes it; the decoder leaves the byte order mark out. */
const textOf = (bytes: Uint8Array): string => new TextDecoder(utf16OfMark(bytes) ?? 'utf-8').decode(bytes);

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
    return firstLine(textOf(new Uint8Array(await arrayBuffer(terminal.input))));
  }
  try {
    return firstLine(textOf(await readFile(file)));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new CommandError(
      `The passphrase file ${file} can't be read (${reason}).`,
      `Check the path given with ${option} and its permissions.`,
    );
  }
}
