import type { Page } from '@playwright/test';

/** Everything in the page's heap after a collection, as text. */
export async function heap(page: Page): Promise<string> {
  const devtools = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  devtools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await devtools.detach();
  return chunks.join('');
}

/** What a person or a program can read of the page: address, history, storages, caches, cookies, markup. */
export async function traces(page: Page): Promise<string> {
  const state = await page.evaluate<string>(`(async () => JSON.stringify([
    location.href, navigation.entries().map(({ url }) => url), history.state, { ...localStorage }, { ...sessionStorage },
    document.cookie, document.title, await caches.keys(), (await indexedDB.databases()).map(({ name }) => name),
    document.documentElement.outerHTML, [...document.querySelectorAll('input, textarea')].map((field) => field.value),
  ]))()`);
  return state + JSON.stringify(await page.context().cookies());
}
