import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { installPackage, run } from './package-manager.mjs';

/** Finds a Chromium or Chrome for the tests, and fetches one where there is none. */

const minute = 60_000;

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
];

export class NoBrowserError extends Error {
  constructor() {
    super(
      'The end-to-end tests need Chromium or Chrome, and none is installed, Playwright couldn’t download one and neither could the system’s package manager: install one, or name it with BROWSER_PATH.',
    );
    this.name = 'NoBrowserError';
  }
}

/** Some systems have a program of that name that only says how to install it. */
function works(path) {
  // On Windows `--version` opens a window.
  if (process.platform === 'win32') return existsSync(path);
  return existsSync(path) && spawnSync(path, ['--version'], { timeout: minute, stdio: 'ignore' }).status === 0;
}

function installed() {
  const onPath = names.flatMap((name) =>
    (process.env.PATH ?? '')
      .split(delimiter)
      .filter(Boolean)
      .map((folder) => join(folder, name)),
  );
  return [process.env.BROWSER_PATH, ...onPath, ...places].find((path) => path && works(path));
}

async function playwrightOwn() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path !== '' && works(path) ? path : undefined;
}

function downloadWithPlaywright() {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  // On a machine of its own (a container) the libraries that the browser needs may be missing, too.
  const withDependencies = process.getuid?.() === 0 && process.platform === 'linux' ? ['--with-deps'] : [];
  return run(process.execPath, [cli, 'install', ...withDependencies, 'chromium']);
}

/**
 * An installed browser first, then Playwright's own, then the system's package manager.
 * @returns {Promise<string>} path of the program
 * @throws {NoBrowserError}
 */
export async function findBrowser() {
  const found = installed() ?? (await playwrightOwn());
  if (found !== undefined) return found;
  process.stderr.write('No browser is installed: downloading one …\n');
  if (downloadWithPlaywright()) {
    const own = await playwrightOwn();
    if (own !== undefined) return own;
  }
  process.stderr.write('Playwright has none for us: asking the system’s package manager …\n');
  if (installPackage('chromium')) {
    const fresh = installed();
    if (fresh !== undefined) return fresh;
  }
  throw new NoBrowserError();
}

/** Chromium's own sandbox refuses to work for root. */
export const browserArguments = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
