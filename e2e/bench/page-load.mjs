import { gzipSync } from 'node:zlib';
import { observe, openBrowser, rest, row, viewport } from './browser.mjs';
import { npmStart } from '../run/console-process.mjs';
import { spread } from './statistics.mjs';

/** First row in milliseconds, by the number of certificates (design budgets). */
const firstRowBudget = { 10: 400, 1_000: 400, 10_000: 600, 100_000: 1_500 };

/** Signs in once. @returns the cookie, for visits that begin with it and an empty cache */
export async function signIn(browser, env) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.goto(env.CONSOLE_URL);
  await page.waitForSelector(row);
  const state = await context.storageState();
  await context.close();
  return state;
}

/**
 * One cold visit of the list: milliseconds to the first row, its heap (MB) and elements when all is loaded, JavaScript and CSS (kB, gzip)
 * until the first row.
 */
export async function visit(browser, env, storageState) {
  const context = await browser.newContext({ viewport, storageState });
  await context.addInitScript(observe, row);
  const page = await context.newPage();
  const bodies = [];
  page.on('response', (response) => {
    if (/\.(m?js|css)$/.test(new URL(response.url()).pathname)) bodies.push(response);
  });
  await page.goto(new URL('/', env.CONSOLE_URL).href, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.__bench.row > 0, null, { polling: 20 });
  const usable = await Promise.all(
    bodies.map(async (response) => ({
      css: /\.css$/.test(new URL(response.url()).pathname),
      bytes: gzipSync(await response.body(), { level: 9 }).length,
    })),
  );
  // A long list goes on loading: its heap and tasks are those of the whole.
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null, null, { timeout: 120_000 });
  await rest(page, 800);
  const cdp = await context.newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const metrics = Object.fromEntries(
    (await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]),
  );
  const seen = await page.evaluate(() => ({ ...window.__bench, elements: document.querySelectorAll('*').length }));
  return {
    context,
    page,
    row: seen.row,
    longest: Math.max(0, ...seen.tasks),
    shift: seen.shift,
    elements: seen.elements,
    heap: metrics.JSHeapUsedSize / 1e6,
    js: usable.filter(({ css }) => !css).reduce((sum, { bytes }) => sum + bytes, 0) / 1000,
    css: usable.filter(({ css }) => css).reduce((sum, { bytes }) => sum + bytes, 0) / 1000,
  };
}

/** What is typed and clicked on a loaded list: name, act, budget in milliseconds. */
const acts = (count) => [
  [
    'type one letter in the search',
    async (page) => {
      await page.getByRole('searchbox').focus();
      await page.evaluate(() => (window.__bench.first = 0));
      await page.keyboard.press('b');
    },
    async (page) => page.getByRole('searchbox').fill(''),
    count > 1_000 ? 150 : 100,
  ],
  [
    'sort by expiry',
    async (page) =>
      page
        .getByRole('columnheader', { name: /expires/i })
        .getByRole('button')
        .click(),
    async () => {},
    count > 1_000 ? 150 : 100,
  ],
  [
    'open generate',
    async (page) => {
      await page
        .getByRole('link', { name: /^generate/i })
        .first()
        .click();
      await page.getByRole('textbox', { name: /^name/i }).waitFor();
    },
    async (page) => {
      await page.goBack();
      await page.waitForSelector(row);
    },
    100,
  ],
];

async function interact(page, count) {
  const results = [];
  for (const [what, act, back, target] of acts(count)) {
    await rest(page, 500);
    await page.evaluate(() => Object.assign(window.__bench, { first: 0, events: [], tasks: [] }));
    await act(page);
    await rest(page, 500);
    const seen = await page.evaluate(() => window.__bench);
    results.push({
      what,
      settled: seen.last - seen.first,
      input: Math.max(0, ...seen.events),
      longest: Math.max(0, ...seen.tasks),
      target,
    });
    await back(page);
  }
  return results;
}

/**
 * The page in a browser: cold visits by number of certificates, then what people do on it.
 * @param {{counts: number[], runs: number}} options
 */
export async function benchPage({ counts, runs }) {
  const figures = [];
  const browser = await openBrowser();
  try {
    for (const count of counts) {
      const section = `The list, ${count.toLocaleString('en')} certificates`;
      const say = (what, value, unit, target, note) =>
        figures.push({
          section,
          what,
          value,
          unit,
          ...(target === undefined ? {} : { target }),
          ...(note === undefined ? {} : { note }),
        });
      const console_ = await npmStart(['--sample', String(count)]);
      try {
        const state = await signIn(browser, console_.env);
        const visits = [];
        const acted = [];
        for (let run = 0; run < runs; run++) {
          const { context, page, ...seen } = await visit(browser, console_.env, state);
          visits.push(seen);
          acted.push(...(await interact(page, count)));
          await context.close();
        }
        const middle = (key) => spread(visits.map((seen) => seen[key]));
        const first = middle('row');
        say(
          'first row, cold',
          first.median,
          'ms',
          firstRowBudget[count],
          `${Math.round(first.min)}–${Math.round(first.max)}, n=${first.n}`,
        );
        say('JavaScript until the list is usable, gzip', middle('js').median, 'kB', 125);
        say('CSS until the list is usable, gzip', middle('css').median, 'kB', 10);
        say('elements', middle('elements').median, '', count >= 10_000 ? 1_500 : undefined);
        say(
          'JS heap after a collection',
          middle('heap').median,
          'MB',
          count >= 100_000 ? 150 : count >= 10_000 ? 40 : undefined,
        );
        say('longest main-thread task while loading', middle('longest').median, 'ms', 100);
        say('layout shift', middle('shift').median, '', 0.01);
        for (const what of new Set(acted.map((act) => act.what))) {
          const of = acted.filter((act) => act.what === what);
          const settled = spread(of.map((act) => act.settled));
          say(
            `${what}, settled`,
            settled.median,
            'ms',
            of[0].target,
            `input to paint ${spread(of.map((act) => act.input)).median} ms, longest task ${Math.round(spread(of.map((act) => act.longest)).median)} ms`,
          );
        }
      } finally {
        await console_.stop();
      }
    }
  } finally {
    await browser.close();
  }
  return figures;
}
