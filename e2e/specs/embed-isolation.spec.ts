import type { Page, Request } from '@playwright/test';
import { expect, grid, type HostWindow, test } from '../fixtures/portal.ts';

interface Left {
  left: { timers: number; listeners: string[]; observers: number };
}

/** Notes in the page what is begun and not ended: timers, listeners of window and document, observers. */
function keepCount(): void {
  const timers = new Set<number>();
  const listeners = new Map<string, number>();
  const observers = new Set<object>();
  /** Puts something in front of a method. */
  const watch = (owner: object, name: string, make: (own: (...all: unknown[]) => unknown) => object) => {
    const original = Reflect.get(owner, name) as (...all: unknown[]) => unknown;
    Reflect.set(owner, name, make(original));
  };
  watch(window, 'setTimeout', (begin) => (act: (...all: unknown[]) => void, ms?: number, ...all: unknown[]) => {
    const run = () => {
      timers.delete(id);
      act(...all);
    };
    const id = Reflect.apply(begin, window, [run, ms]) as number;
    timers.add(id);
    return id;
  });
  watch(window, 'setInterval', (begin) => (act: () => void, ms?: number) => {
    const id = Reflect.apply(begin, window, [act, ms]) as number;
    timers.add(id);
    return id;
  });
  for (const name of ['clearTimeout', 'clearInterval'])
    watch(window, name, (clear) => (id?: number) => {
      timers.delete(id ?? 0);
      Reflect.apply(clear, window, [id]);
    });
  for (const [place, target] of Object.entries({
    window,
    document,
    navigation: (window as { navigation?: EventTarget }).navigation ?? new EventTarget(),
  }))
    for (const [name, by] of Object.entries({ addEventListener: 1, removeEventListener: -1 }))
      watch(target, name, (change) => (type: string, ...rest: unknown[]) => {
        const key = `${place} ${type}`;
        listeners.set(key, (listeners.get(key) ?? 0) + by);
        Reflect.apply(change, target, [type, ...rest]);
      });
  for (const { prototype } of [ResizeObserver, IntersectionObserver, MutationObserver]) {
    watch(
      prototype,
      'observe',
      (observe) =>
        function (this: object, ...all: unknown[]) {
          observers.add(this);
          Reflect.apply(observe, this, all);
        },
    );
    watch(
      prototype,
      'disconnect',
      (disconnect) =>
        function (this: object) {
          observers.delete(this);
          Reflect.apply(disconnect, this, []);
        },
    );
  }
  Object.defineProperty(window, 'left', {
    get: () => ({
      timers: timers.size,
      listeners: [...listeners].filter(([, count]) => count > 0).map(([key, count]) => `${key} ${String(count)}`),
      observers: observers.size,
    }),
  });
}

const left = (page: Page) => page.evaluate(() => (window as unknown as Left).left);

/** Bytes after a collection. */
async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  for (let turn = 0; turn < 3; turn += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

/** One after the other: mounts, waits for the first row and unmounts. */
const rounds = (page: Page, count: number) =>
  page.evaluate(async (wanted) => {
    const { host } = window as unknown as HostWindow;
    for (let round = 0; round < wanted; round += 1) {
      const own = host.mount();
      const place = document.getElementById('place');
      const row = () => place?.firstElementChild?.shadowRoot?.querySelector('[role="row"] a');
      while (row() == null) await new Promise(requestAnimationFrame);
      own.unmount();
    }
  }, count);

/** What a page can tell of itself. */
const look = () => ({
  html: document.documentElement.outerHTML,
  sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
  push: String(Reflect.get(window.history, 'pushState')),
  storage: [localStorage, sessionStorage].flatMap((storage) => Object.entries(storage) as [string, string][]),
  globals: Object.getOwnPropertyNames(window).sort(),
});

test('100 rounds of mount and unmount leave nothing', async ({ page, portal }) => {
  test.slow();
  await page.addInitScript(keepCount);
  const { open } = await portal('html');
  await open('/', { later: true });
  await expect(page.getByRole('heading', { name: 'A plain page' })).toBeVisible();
  const before = await page.evaluate(look);
  await rounds(page, 10);
  const warm = await heap(page);
  const listeners = (await left(page)).listeners;
  const underWay = new Set<Request>();
  page.on('request', (request) => underWay.add(request));
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', (request) => underWay.delete(request));
  await rounds(page, 100);
  expect((await heap(page)) - warm).toBeLessThan(1_000_000);
  // Whatever a round began late has ended: timers of a second and less run out by themselves.
  await expect.poll(() => left(page)).toEqual({ timers: 0, listeners, observers: 0 });
  // React itself listens to the document once, for as long as the page lives.
  expect(listeners).toEqual(['document selectionchange 1']);
  expect(await page.evaluate(look)).toEqual(before);
  await expect.poll(() => [...underWay].map((request) => request.url())).toEqual([]);
});

test('two side by side don’t disturb each other', async ({ page, portal, raven }) => {
  const name = raven.unique('beside');
  await raven.generate({ name, clearance: 'Operator' });
  const { open } = await portal('html');
  await open('/', { later: true });
  await page.evaluate(() => {
    for (const id of ['one', 'two']) {
      const element = document.createElement('section');
      element.id = id;
      document.body.append(element);
      const own = (window as unknown as HostWindow).host.mount(element, { theme: id === 'one' ? 'light' : 'dark' });
      Object.assign(window, { [id]: own });
    }
  });
  const [one, two] = [page.locator('#one'), page.locator('#two')];
  await one.getByRole('searchbox').fill(name);
  await expect(grid(one).getByRole('link')).toHaveCount(1);
  expect(await grid(two).getByRole('link').count()).toBeGreaterThan(1);
  await one.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete certificate' }).click();
  await expect(one.getByText(`“${name}” is deleted`)).toBeVisible();
  await expect(two.getByText(`“${name}” is deleted`)).toHaveCount(0);
  await page.evaluate(() => (window as unknown as { one: { unmount: () => void } }).one.unmount());
  await expect(one).toBeEmpty();
  await two.getByRole('link', { name: 'Generate certificate' }).first().click();
  await expect(two.getByRole('textbox', { name: 'Name' })).toBeVisible();
});

/** Computed styles of everything outside of the console that doesn't hold it. */
const outside = (page: Page) =>
  page.evaluate(() => {
    const place = document.getElementById('place');
    return [...document.body.querySelectorAll('*')]
      .filter((element) => !element.contains(place) && place?.contains(element) !== true)
      .map((element) => {
        const style = getComputedStyle(element);
        return [element.tagName, Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]))];
      });
  });

test('a page’s styles don’t reach in and the console’s don’t leak out', async ({ page, portal }) => {
  const { open } = await portal('hostile');
  const shown = async (hostile: boolean) => {
    await open('/', { hostile, capabilities: { header: false } });
    await expect(grid(page)).toBeVisible();
    await expect(page.getByText(/^\d+ certificates?$/).first()).toBeVisible();
    // The same place in both, to the fraction of a pixel.
    await page.evaluate(() => {
      for (const [name, value] of Object.entries({ position: 'fixed', inset: '0' }))
        document.getElementById('place')?.style.setProperty(name, value, 'important');
    });
    const styles = await outside(page);
    const pixels = await page.locator('main main').screenshot({ animations: 'disabled', caret: 'hide' });
    await page.evaluate(() => (window as unknown as HostWindow).host.console.unmount());
    expect(await outside(page)).toEqual(styles);
    return pixels;
  };
  const plain = await shown(false);
  const hostile = await shown(true);
  expect(hostile.equals(plain)).toBe(true);
});
