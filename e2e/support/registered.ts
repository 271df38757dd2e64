import type { Page } from '@playwright/test';

/** An entry as RavenDB lists it. */
export interface Listed {
  readonly Name: string;
  readonly Thumbprint: string;
  readonly SecurityClearance: string;
  readonly Permissions: Readonly<Record<string, string>>;
  readonly CollectionPrimaryKey: string;
  readonly CollectionSecondaryKeys: readonly string[];
  readonly HasTwoFactor?: boolean;
  readonly Disabled?: boolean;
}

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

/** Everything that is registered, the server's own certificate included. */
export async function listed(page: Page): Promise<Listed[]> {
  const { body } = await ask(page, 'GET', '/admin/certificates?metadataOnly=true&secondary=true');
  return (body as { Results: Listed[] }).Results;
}

export const find = async (page: Page, thumbprint: string): Promise<Listed | undefined> =>
  (await listed(page)).find((entry) => entry.Thumbprint === thumbprint);

/** Registers a certificate; an earlier entry of the same thumbprint is replaced. @param der base64 */
export const register = (page: Page, name: string, der: string, more: Readonly<Record<string, unknown>> = {}) =>
  ask(page, 'PUT', '/admin/certificates', {
    Name: name,
    Certificate: der,
    SecurityClearance: 'ValidUser',
    Permissions: {},
    ...more,
  });

/** Removes entries, members of collections too, whatever state an earlier test left them in. @param ders base64, by thumbprint */
export async function remove(page: Page, certificates: Readonly<Record<string, string>>): Promise<void> {
  const present = new Set((await listed(page)).map(({ Thumbprint }) => Thumbprint));
  for (const [thumbprint, der] of Object.entries(certificates)) {
    if (!present.has(thumbprint)) continue;
    // A member of a torn collection can't be deleted until it stands alone.
    await register(page, 'to be deleted', der);
    await ask(page, 'DELETE', `/admin/certificates?thumbprint=${thumbprint}`);
  }
}
