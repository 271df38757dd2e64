import { readFileSync } from 'node:fs';
import type { Page, Route } from '@playwright/test';

type Answers = Readonly<Record<string, unknown>> & { readonly refused: Readonly<Record<string, unknown>> };

/** What servers of these versions answered, by path. */
const recorded = JSON.parse(
  readFileSync(new URL('../../src/api/recorded/versions.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Answers>>;

export interface OlderServer {
  /** Requests for what that version has no route for, as `METHOD path`. */
  readonly refused: readonly string[];
}

/**
 * Has the page meet the answers of an older RavenDB: what that version recorded where it says what it can do, and entries without the
 * fields that it doesn't know. Everything else the node behind it answers.
 */
export async function asVersion(page: Page, version: string): Promise<OlderServer> {
  const answers = recorded[version];
  if (answers === undefined) throw new Error(`Nothing was recorded of ${version}.`);
  const sample = answers['/certificates/whoami'] as object;
  const known = (entry: object): object =>
    Object.fromEntries(
      Object.entries(entry).filter(
        ([name]) => !['Disabled', 'HasTwoFactor', 'Usage', 'SsoIdentifiers'].includes(name) || name in sample,
      ),
    );
  const refused: string[] = [];
  const changed = async (route: Route, change: (body: Record<string, unknown>) => unknown): Promise<void> => {
    try {
      const response = await route.fetch();
      // A refusal may have no body at all, as of what was deleted meanwhile.
      if (!response.ok()) await route.fulfill({ response });
      else await route.fulfill({ response, json: change((await response.json()) as Record<string, unknown>) });
    } catch {
      // The page went on, or the test ended, meanwhile: what the page shows is what the test looks at.
    }
  };
  await page.route('**/raven/**', async (route) => {
    const method = route.request().method();
    const path = new URL(route.request().url()).pathname.replace(/^.*\/raven(?=\/)/, '');
    const error = answers.refused[path];
    if (error !== undefined) {
      refused.push(`${method} ${path}`);
      await route.fulfill({ status: 400, json: error });
    } else if (path === '/debug/routes' || path === '/build/version') await route.fulfill({ json: answers[path] });
    else if (path === '/certificates/whoami') await changed(route, known);
    else if (path === '/admin/certificates' && method === 'GET')
      await changed(route, (list) => ({ ...list, Results: (list.Results as object[]).map(known) }));
    else if (path === '/admin/stats')
      await changed(route, ({ LastRequestTimePerCertificate: last, ...stats }) =>
        'LastRequestTimePerCertificate' in (answers[path] as object)
          ? { ...stats, LastRequestTimePerCertificate: last }
          : stats,
      );
    else await route.continue();
  });
  return { refused };
}
