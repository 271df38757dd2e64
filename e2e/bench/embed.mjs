import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { installed } from '../hosts/install.mjs';
import { startPortal } from '../hosts/portal.mjs';
import { openBrowser, viewport } from './browser.mjs';
import { npmStart } from '../run/console-process.mjs';
import { spread } from './statistics.mjs';

const gzip = (text) => gzipSync(text, { level: 9 }).length / 1000;
/** The styles of a chunk, as the build writes them at its beginning. */
const styles = /^addRavenStyles\((".*")\);$/gm;

/** What an entry loads before it can draw the list: itself and what it imports, not what it asks for later. */
function loaded(folder, entry) {
  const seen = new Map();
  const visit = (file) => {
    if (seen.has(file)) return;
    const code = readFileSync(join(folder, file), 'utf8').replace(/^\/\/# sourceMappingURL.*$/m, '');
    seen.set(file, code);
    for (const [, from] of code.matchAll(/\b(?:from|import)\s*["'](\.{1,2}\/[^"']+)["']/g))
      visit(posix.normalize(posix.join(posix.dirname(file), from)));
  };
  visit(entry);
  const all = [...seen.values()];
  const css = all.flatMap((code) => [...code.matchAll(styles)].map(([, text]) => JSON.parse(text)));
  return {
    files: seen.size,
    js: all.reduce((sum, code) => sum + gzip(code.replace(styles, '')), 0),
    css: gzip(css.join('')),
  };
}

/** In the page: mounts, waits for the first row, and takes it away again. Milliseconds to the paint of that row, for each round. */
async function mountAgain(rounds) {
  const took = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const mounted = window.host.mount();
    const row = () => document.getElementById('place').firstElementChild?.shadowRoot?.querySelector('[role="row"] a');
    while (row() == null) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    took.push(performance.now() - began);
    mounted.unmount();
  }
  return took;
}

/** In the page, before anything of it: when the first row was painted. */
function watchFirstRow() {
  const look = () => {
    const row = document.getElementById('place')?.firstElementChild?.shadowRoot?.querySelector('[role="row"] a');
    if (row == null) requestAnimationFrame(look);
    else requestAnimationFrame(() => (window.firstRow = performance.now()));
  };
  requestAnimationFrame(look);
}

async function heapOf(cdp) {
  for (let turn = 0; turn < 3; turn += 1) await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6;
}

/** The package in a plain page: sizes, how long a mount takes, and what a hundred of them leave behind. */
export async function benchEmbed({ runs = 5, count = 1000 } = {}) {
  const pack = await installed();
  const folder = (name) => join(pack.packageFolder, 'dist/package', name);
  const library = loaded(folder('lib'), 'index.js');
  const standalone = loaded(folder('standalone'), 'mount.js');
  const { createGateway } = await pack.load('./gateway');
  const console_ = await npmStart(['--sample', String(count)]);
  const browser = await openBrowser();
  const cert = await readFile(console_.env.RAVENDB_CLIENT_PEM, 'utf8');
  const ca = await readFile(console_.env.RAVENDB_CA, 'utf8');
  const portal = await startPortal({
    pages: pack.host('html'),
    packageFolder: pack.packageFolder,
    makeGateway: (authorize) =>
      createGateway({ url: console_.env.RAVENDB_URL, cert, ca, path: '/certificates', authorize }),
  });
  try {
    const open = async (options) => {
      const context = await browser.newContext({ viewport });
      await context.addCookies([{ name: 'portal', value: 'in', url: portal.origin }]);
      await context.addInitScript((given) => Object.assign(window, { consoleOptions: given }), options);
      await context.addInitScript(watchFirstRow);
      const page = await context.newPage();
      await page.goto(portal.origin);
      return { context, page };
    };
    const cold = [];
    for (let run = 0; run < runs; run += 1) {
      const { context, page } = await open({});
      cold.push(await (await page.waitForFunction(() => window.firstRow)).jsonValue());
      await context.close();
    }
    const { context, page } = await open({ later: true });
    await page.waitForFunction(() => window.host !== undefined);
    await page.evaluate(mountAgain, 10);
    const warm = await page.evaluate(mountAgain, 20);
    const cdp = await context.newCDPSession(page);
    await cdp.send('HeapProfiler.enable');
    const before = await heapOf(cdp);
    await page.evaluate(mountAgain, 100);
    const grown = (await heapOf(cdp)) - before;
    await context.close();
    const section = `In other people's pages, ${count.toLocaleString('en')} certificates`;
    const range = ({ min, max, n }) => `${Math.round(min)}–${Math.round(max)}, n=${n}`;
    const [first, again] = [spread(cold), spread(warm)];
    const chunks = readdirSync(folder('lib/chunks')).filter((name) => name.endsWith('.js')).length;
    return [
      {
        section,
        what: 'library entry for the list, JavaScript, gzip',
        value: library.js,
        unit: 'kB',
        target: 60,
        note: `React and React Query are the host's; ${library.files} files of ${chunks}`,
      },
      { section, what: 'library entry for the list, CSS, gzip', value: library.css, unit: 'kB', target: 8 },
      { section, what: 'standalone entry for the list, JavaScript, gzip', value: standalone.js, unit: 'kB' },
      {
        section,
        what: 'page load to first row, cold',
        value: first.median,
        unit: 'ms',
        target: 1000,
        note: range(first),
      },
      { section, what: 'mount to first row, warm', value: again.median, unit: 'ms', target: 150, note: range(again) },
      { section, what: 'heap left by 100 rounds of mount and unmount', value: grown, unit: 'MB', target: 1 },
    ];
  } finally {
    await browser.close();
    await portal.close();
    await console_.stop();
  }
}
