import { readFile } from 'node:fs/promises';
import { CommandError } from './command-error.ts';

/** `NAME=value` lines: what the embedded node writes to DATA_DIR/env when it runs. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads `NAME=value` lines; `export`, quotes around the value, blank lines and comments are what shells allow, too. */
export function parseEnvironment(content: string): Environment {
  const values: Record<string, string> = {};
  for (const line of content.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line.trimEnd());
    if (match === null) continue;
    const [, name = '', value = ''] = match;
    values[name] = /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value;
  }
  return values;
}

/** @throws CommandError when it can't be read */
export async function readEnvironmentFile(file: string): Promise<Environment> {
  try {
    return parseEnvironment(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new CommandError(
      `The environment file ${file} can't be read (${reason}).`,
      'Check the path given with --env.',
    );
  }
}
