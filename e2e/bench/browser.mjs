import { chromium } from '@playwright/test';
import { findBrowser } from '../run/browser.mjs';

/** A browser that measures: its heap figures are exact. */
export async function openBrowser() {
  const executablePath = await findBrowser();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--enable-precise-memory-info',
    ],
  });
}

export const viewport = { width: 1440, height: 900 };
/** A row of the list that holds a certificate: the header has no index above 1. */
export const row = '[role="row"][aria-rowindex]:not([aria-rowindex="1"])';

/** In the page: notes the first row, long tasks, layout shifts and events. */
export function observe(selector) {
  window.__bench = { row: 0, first: 0, last: 0, tasks: [], events: [], shift: 0 };
  new MutationObserver((_, self) => {
    if (document.querySelector(selector) === null) return;
    self.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.__bench.row = performance.now())));
  }).observe(document, { childList: true, subtree: true });
  for (const type of ['keydown', 'pointerdown'])
    addEventListener(type, (event) => (window.__bench.first ||= event.timeStamp), true);
  // What is said to screen readers waits on purpose until the typing has ended.
  const isSaid = ({ target }) =>
    (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest('[role="status"]') != null;
  new MutationObserver((records) => {
    if (records.every(isSaid)) return;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => (window.__bench.last = performance.now());
      channel.port2.postMessage(0);
    });
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  const watch = (type, keep, options) =>
    new PerformanceObserver((list) => list.getEntries().forEach(keep)).observe({ type, buffered: true, ...options });
  watch('longtask', (entry) => window.__bench.tasks.push(entry.duration));
  watch('event', (entry) => entry.interactionId && window.__bench.events.push(entry.duration), {
    durationThreshold: 16,
  });
  watch('layout-shift', (entry) => !entry.hadRecentInput && (window.__bench.shift += entry.value));
}

/** Waits until the document has been at rest for `ms` milliseconds. */
export async function rest(page, ms = 500) {
  await page.waitForFunction((quiet) => performance.now() - window.__bench.last > quiet, ms, {
    timeout: 120_000,
    polling: 50,
  });
}
