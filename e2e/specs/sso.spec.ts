import { expect, test } from '../fixtures/console.ts';
import type { Raven, RavenAnswer } from '../fixtures/raven.ts';
import { expectAccessible } from '../support/axe.ts';
import { testCertificate } from '../support/test-certificates.ts';

test.skip(({ site }) => site.real, 'Registering single sign-on needs a licence that this server doesn’t have.');

const made = (answer: RavenAnswer): string => {
  expect(answer.status, answer.body.toString()).toBe(201);
  return (answer.json as { Thumbprint?: string } | null)?.Thumbprint ?? '';
};

/** A single sign-on server and three users: one of it alone, one of any, one whose server isn't there. */
async function signOn(raven: Raven) {
  const gate = testCertificate('same1');
  const spare = testCertificate('bob');
  for (const [certificate, name] of [
    [gate, 'gate'],
    [spare, 'spare gate'],
  ] as const)
    made(
      await raven.request('/admin/certificates', {
        method: 'PUT',
        json: {
          Name: name,
          Certificate: certificate.der,
          SecurityClearance: 'ValidUser',
          Permissions: {},
          Usage: 'SsoServer',
        },
      }),
    );
  const hashOf = async (thumbprint: string) =>
    (await raven.list()).find((entry) => entry.Thumbprint === thumbprint) as unknown as {
      PublicKeyPinningHash: string;
    };
  const gateHash = (await hashOf(gate.thumbprint)).PublicKeyPinningHash;
  const spareHash = (await hashOf(spare.thumbprint)).PublicKeyPinningHash;
  const user = async (name: string, identity: object, more: object) =>
    made(
      await raven.request('/admin/certificates/sso/user', {
        method: 'PUT',
        json: {
          Name: name,
          SecurityClearance: 'ValidUser',
          Permissions: { orders: 'ReadWrite' },
          SsoIdentifiers: [identity],
          Usage: 'SsoClient',
          ...more,
        },
      }),
    );
  const john = await user(
    'John',
    { Provider: 'Windows', Domain: 'CORP', Identifier: 'john' },
    { SsoServerPublicKeyPinningHashes: [gateHash] },
  );
  const anna = await user('Anna', { Provider: 'Github', Identifier: 'anna' }, { AllowAnySsoServer: true });
  const lost = await user(
    'Lost',
    { Provider: 'Google', Identifier: 'lost@example.com' },
    { SsoServerPublicKeyPinningHashes: [spareHash] },
  );
  return { gate: gate.thumbprint, spare: spare.thumbprint, john, anna, lost };
}

test('single sign-on is listed, filtered, shown, edited, disabled and deleted rightly', async ({ page, raven }) => {
  test.setTimeout(120_000);
  const { gate, spare, john } = await signOn(raven);
  const grid = page.getByRole('grid', { name: 'Certificates' });

  await test.step('the list names what they are and filters by it', async () => {
    await page.goto('/');
    await expect(grid.getByRole('row').filter({ hasText: 'John' })).toContainText('SSO user');
    await expect(grid.getByRole('row').filter({ hasText: 'spare gate' })).toContainText('Vouches for SSO users');
    await page.getByRole('button', { name: 'Type', exact: true }).click();
    await page.getByRole('checkbox', { name: 'SSO user' }).check();
    await expect(grid.getByRole('link')).toHaveText(['Anna', 'John', 'Lost']);
    await expect(page).toHaveURL(/\?type=sso-user$/);
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('corp john');
    await expect(grid.getByRole('link')).toHaveText(['John']);
    await page.getByRole('button', { name: 'Clear filter Type' }).click();
    await expect(page).toHaveURL(/\?q=corp\+john$/);
  });

  await test.step('a user’s page says as whom it signs in and who vouches for it', async () => {
    await page.goto(`/certificates/${john}`);
    await expect(page.getByRole('list', { name: 'Signs in as' })).toHaveText('Windows: CORP\\john');
    await expect(page.getByRole('group', { name: 'Vouched for by' }).getByRole('link')).toHaveText(['gate']);
    await expect(page.getByRole('region', { name: 'What the server grants' })).toContainText('left to the provider');
    await expect(page.getByRole('region', { name: 'The certificate' })).toHaveCount(0);
    await page.getByRole('link', { name: 'gate', exact: true }).click();
    await expect(page.getByRole('group', { name: 'Vouches for' }).getByRole('link')).toHaveText(['Anna', 'John']);
    await expect(page.getByRole('button', { name: 'Edit' })).toHaveAccessibleDescription(/SSO servers/);
  });

  await test.step('what a user may open is edited; identity and servers stay', async () => {
    await page.goto(`/certificates/${john}/edit`);
    await page.getByRole('textbox', { name: 'Name' }).fill('John Smith');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('is saved')).toBeVisible();
    expect(await raven.find(john)).toMatchObject({
      Name: 'John Smith',
      Usage: 'SsoClient',
      SsoIdentifiers: [{ Provider: 'Windows', Domain: 'CORP', Identifier: 'john' }],
      AllowAnySsoServer: false,
      SsoServerPublicKeyPinningHashes: [expect.any(String)],
    });
  });

  await test.step('deleting a server names whom it strands', async () => {
    await page.goto(`/certificates/${spare}?do=delete`);
    await expect(page.getByRole('dialog')).toContainText('“Lost” can’t sign in any more');
    await page.getByRole('button', { name: 'Delete certificate' }).click();
    await expect(page).toHaveURL('/');
    await page.goto('/');
    await page.getByRole('link', { name: 'Lost' }).click();
    await expect(page.getByRole('region', { name: 'Single sign-on' })).toContainText('no registered server');
  });

  await test.step('and a user goes by its id', async () => {
    await page.goto(`/certificates/${john}?do=delete`);
    await expect(page.getByRole('dialog')).toContainText('Nobody signs in any more as Windows: CORP\\john.');
    await page.getByRole('button', { name: 'Delete certificate' }).click();
    await expect(page).toHaveURL('/');
    expect(await raven.find(john)).toBeUndefined();
  });

  await test.step('the server’s page counts them', async () => {
    await page.goto('/server');
    const card = page.getByRole('region', { name: 'Single sign-on' });
    await expect(card).toContainText('1 server');
    await card.getByRole('link', { name: '2 users' }).click();
    await expect(grid.getByRole('link')).toHaveText(['Anna', 'Lost']);
  });

  await test.step('axe and reflow', async () => {
    for (const path of [`/certificates/${gate}`, '/?type=sso-user', '/server']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page);
    }
  });
});
