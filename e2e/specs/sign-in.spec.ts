import { expect, test } from '../fixtures/console.ts';

test('a link opens the list and leaves no trace of itself in the address', async ({ page, raven }) => {
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByText(raven.admin.thumbprint.slice(0, 8)).first()).toBeVisible();
  await page.goBack();
  expect(page.url()).not.toContain('token');
});

test('the cookie is out of reach of scripts and stays with this port', async ({ page, context, site }) => {
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const { port } = new URL(site.origin);
  const [cookie, ...more] = await context.cookies(site.origin);
  expect(more).toEqual([]);
  expect(cookie).toMatchObject({ name: `raven-certificates-${port}`, httpOnly: true, sameSite: 'Strict', path: '/' });
});

test('a browser without a link is told how to get one', async ({ browser, site }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const answer = await page.goto(`${site.origin}/upload`);
  expect(answer?.status()).toBe(401);
  await expect(page.getByRole('heading', { name: 'This browser isn’t signed in' })).toBeVisible();
  await expect(page.getByText('Enter', { exact: true })).toBeVisible();
  await page.goto(`${site.origin}/sign-in?token=made-up`);
  await expect(page.getByRole('heading', { name: 'This link doesn’t work any more' })).toBeVisible();
  await context.close();
});

test('another site of this machine can’t reach RavenDB through a signed-in browser', async ({ context, site }) => {
  const { port } = new URL(site.origin);
  // Another port of the same host counts as the same site, so the cookie alone would let it in.
  await context.route('http://127.0.0.1:9/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<h1>Elsewhere</h1>' }),
  );
  const page = await context.newPage();
  await page.goto('http://127.0.0.1:9/');
  const statuses: number[] = [];
  page.on('response', (response) => {
    if (response.url().includes(`:${port}/raven/`)) statuses.push(response.status());
  });
  const outcome = await page.evaluate(async (url) => {
    const attempt = async (init: RequestInit) => {
      try {
        return (await fetch(url, { credentials: 'include', ...init })).type;
      } catch {
        return 'refused';
      }
    };
    return [
      await attempt({}),
      await attempt({ mode: 'no-cors' }),
      await attempt({ mode: 'no-cors', method: 'POST', body: '{}' }),
    ];
  }, `${site.origin}/raven/admin/certificates`);
  expect(outcome).toEqual(['refused', 'refused', 'refused']);
  expect(statuses.filter((status) => status !== 403)).toEqual([]);
});

test('the page runs under its policy', async ({ page, complaints }) => {
  const refused = await page.evaluate(() => {
    const trusted = (window as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => unknown } })
      .trustedTypes;
    const attempts = {
      markup: () => (document.createElement('div').innerHTML = '<img src=x>'),
      script: () => (document.createElement('script').textContent = '0'),
      worker: () => new Worker('/assets/worker.js'),
      policy: () => trusted.createPolicy('other', {}),
    };
    return Object.entries(attempts)
      .filter(([, attempt]) => {
        try {
          attempt();
          return false;
        } catch {
          return true;
        }
      })
      .map(([name]) => name);
  });
  expect(refused).toEqual(['markup', 'script', 'worker', 'policy']);
  // The fixture that fails a test whose page is refused something sees these, too.
  expect(complaints.list.length).toBeGreaterThan(0);
  complaints.list.length = 0;
});
