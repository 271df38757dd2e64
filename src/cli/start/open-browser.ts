import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writePrivateFile } from './private-file.ts';

function start(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/** @param link letters that mean nothing in HTML */
const pageTo = (link: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Raven Certificates</title>
<meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0; url=${link}"></head>
<body><p><a href="${link}">Open the console</a></p></body></html>
`;

/**
 * Opens a link in the person's browser. A program's arguments can be read by every user of the machine, and whoever is first signs in:
 * so the browser gets a file that only its owner can read and that leads on.
 * @returns what takes the file away; nothing where there is nothing to open it with
 */
export async function openBrowser(link: string): Promise<(() => Promise<void>) | undefined> {
  // Only its owner can enter it.
  const folder = await mkdtemp(join(tmpdir(), 'raven-certificates-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const file = join(folder, 'open.html');
  await writePrivateFile(file, pageTo(link));
  const { href } = pathToFileURL(file);
  const opened =
    process.platform === 'darwin'
      ? start('open', [file])
      : process.platform === 'win32'
        ? start('rundll32', ['url.dll,FileProtocolHandler', href])
        : start('xdg-open', [href]);
  if (await opened) return remove;
  await remove();
  return undefined;
}
