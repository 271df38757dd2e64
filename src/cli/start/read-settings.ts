import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CommandError } from '../command-error.ts';

/** Keys of RavenDB's configuration, dotted, to their values as text. */
export type SettingValues = Readonly<Record<string, string>>;

/** Values that name a file or folder, relative to the settings file. */
const paths = new Set(['datadir', 'security.certificate.path']);

function flatten(value: unknown, key: string, into: Record<string, string>): void {
  if (Array.isArray(value)) into[key] = value.map(String).join(';');
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) flatten(inner, key === '' ? name : `${key}.${name}`, into);
  else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    into[key] = String(value);
}

/** RavenDB's `settings.json`: keys dotted or nested, or both at once; a list is what RavenDB writes with `;`. */
export function parseSettings(content: string): SettingValues {
  const values: Record<string, string> = {};
  const parsed: unknown = JSON.parse(content.replace(/^\uFEFF/, ''));
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new SyntaxError('no JSON object');
  flatten(parsed, '', values);
  return values;
}

/** @returns the value of a key; RavenDB compares keys in any case */
export const settingOf = (values: SettingValues, key: string): string | undefined =>
  Object.entries(values).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];

/** @throws CommandError when it can't be read or isn't JSON */
export async function readSettings(file: string): Promise<SettingValues> {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new CommandError(`The settings file ${file} can’t be read (${reason}).`, '');
  });
  let values: SettingValues;
  try {
    values = parseSettings(content);
  } catch {
    throw new CommandError(`The settings file ${file} isn’t a JSON object.`, '');
  }
  const folder = dirname(resolve(file));
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, paths.has(key.toLowerCase()) ? resolve(folder, value) : value]),
  );
}
