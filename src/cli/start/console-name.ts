import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { writePrivateFile } from './private-file.ts';

const form = /^raven-[\da-f]{20}\.localhost$/;

/** What the file says, when nobody else can have read it. */
async function readName(file: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(file);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) return undefined;
    const name = (await readFile(file, 'utf8')).trim();
    return form.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The name by which browsers reach the console, below `localhost`: made up once for a data folder, so that bookmarks and what the browser
 * keeps for the console outlive a restart.
 * @param folder left out: the person's own folder for settings
 */
export async function consoleName(
  folder: string = envPaths('raven-certificates', { suffix: '' }).config,
): Promise<string> {
  const file = join(folder, 'console-name');
  const known = await readName(file);
  if (known !== undefined) return known;
  const name = `raven-${randomBytes(10).toString('hex')}.localhost`;
  // Where nothing can be written the name lasts as long as the process.
  await writePrivateFile(file, `${name}\n`).catch(() => undefined);
  return name;
}
