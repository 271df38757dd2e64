import type { Page } from '@playwright/test';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Asks RavenDB through the page's own way to it: same address, same session. */
export async function ask(page: Page, method: string, path: string, json?: unknown): Promise<Answer> {
  const base = (await page.locator('meta[name="raven-api"]').getAttribute('content')) ?? '';
  const { origin } = new URL(page.url());
  const response = await page.request.fetch(origin + base + path, {
    method,
    headers: { Origin: origin, 'Sec-Fetch-Site': 'same-origin', 'Raven-Studio-Version': '7.2.0' },
    ...(json === undefined ? {} : { data: json }),
  });
  const text = await response.text();
  return { status: response.status(), body: text === '' ? null : (JSON.parse(text) as unknown) };
}

/** Registers a certificate; an earlier entry of the same thumbprint is replaced. @param der base64 */
export const register = (page: Page, name: string, der: string, more: Readonly<Record<string, unknown>> = {}) =>
  ask(page, 'PUT', '/admin/certificates', {
    Name: name,
    Certificate: der,
    SecurityClearance: 'ValidUser',
    Permissions: {},
    ...more,
  });
