// Our console for the scripts that measure RavenDB Studio: what they touch, under the names they know it by. CONSOLE_URL signs in.
import { Secret, TOTP } from 'otpauth';
import { row } from './browser.mjs';

export { row };
export const scroller = 'nearest';

/** The list, complete. The scripts' own address leads to RavenDB; ours is another. */
export async function open(page) {
  await page.goto(process.env.CONSOLE_URL, { timeout: 300_000 });
  await listLoaded(page);
}

async function listLoaded(page) {
  await page.waitForSelector(row, { timeout: 300_000 });
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}

const search = (page) => page.getByRole('searchbox');
const view = (page, name) => page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name });
const grid = (page) => page.getByRole('grid', { name: 'Certificates' });
const actions = (page, name) => grid(page).getByRole('button', { name: `Actions for ${name}` });
const generate = (page) => page.getByRole('link', { name: 'Generate certificate' }).first();
const nameField = (page) => page.getByRole('textbox', { name: 'Name' });
const twoFactor = (page) => page.getByRole('switch', { name: 'Require two-factor authentication' });
const qr = (page) => page.getByRole('img', { name: 'QR code of the authentication key' });
const expires = (page) => grid(page).getByRole('columnheader', { name: 'Expires' }).getByRole('button');

async function openGenerate(page) {
  await generate(page).click();
  await nameField(page).waitFor();
}

async function backToList(page) {
  await page.goBack();
  await listLoaded(page);
}

/** [name, prepare, the measured act, put back]. As with Studio's menus, opening the menu that holds an item isn't measured. */
export const steps = [
  [
    'type 7 letters in the name filter',
    (page) => search(page).click(),
    (page) => page.keyboard.type('billing', { delay: 60 }),
    (page) => search(page).fill(''),
  ],
  [
    'type 1 letter in the name filter',
    (page) => search(page).click(),
    (page) => page.keyboard.type('b'),
    (page) => search(page).fill(''),
  ],
  [
    'clearance filter: User',
    (page) => page.getByRole('button', { name: 'Clearance' }).first().click(),
    (page) => page.getByRole('checkbox', { name: 'User', exact: true }).click(),
    async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Clear filter Clearance' }).click();
    },
  ],
  ['sort by expiry', async () => {}, (page) => expires(page).click(), (page) => expires(page).click()],
  [
    'open the edit dialog',
    async (page) => {
      // The first rows of all are expired ones, which nobody may edit.
      await view(page, /^Valid/).click();
      await grid(page)
        .getByRole('button', { name: /^Actions for/ })
        .first()
        .click();
      await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
    },
    async (page) => {
      await page.getByRole('menuitem', { name: 'Edit' }).click();
      await nameField(page).waitFor();
    },
    async (page) => {
      await backToList(page);
      await view(page, /^All/).click();
    },
  ],
  ['open the generate dialog', async () => {}, openGenerate, backToList],
  [
    'switch 2FA on (QR drawn)',
    openGenerate,
    async (page) => {
      await twoFactor(page).click();
      await qr(page).waitFor();
    },
    async (page) => {
      // The browser's back would be held by the question, and Playwright waits for where it leads.
      await page.getByRole('link', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Leave' }).click();
      await listLoaded(page);
    },
  ],
];

const daysLeft = ({ NotAfter }) => (Date.parse(NotAfter) - Date.now()) / 86_400_000;
const registered = async (call) => {
  // RavenDB tells only Studio who has a second factor.
  const asStudio = { 'raven-studio-version': '7.2' };
  return JSON.parse((await call('GET', '/admin/certificates?metadataOnly=true', undefined, undefined, asStudio)).body)
    .Results;
};
/** A seeded certificate that is still to be used. */
const ordinary = (item) => item.SecurityClearance === 'ValidUser' && !item.Disabled && /-\d{5}$/.test(item.Name);

function expectSame(what, shown, truth) {
  if (shown !== truth) throw new Error(`${what}: the screen says ${shown}, the server ${truth}`);
  return shown;
}

/** Narrows the list to one certificate, by the number its name ends with. */
async function find(page, user, name) {
  await user.press('/');
  await user.type(name.slice(-5));
  await grid(page).getByRole('link', { name, exact: true }).waitFor();
  await page.waitForFunction((rows) => document.querySelectorAll(rows).length <= 2, row);
}

/** name → (page, user, round, call). What `user` doesn't count, nobody has to do. */
export const tasks = {
  async 't1 all that expire in the next 30 days'(page, user, round, call) {
    const soon = view(page, /^Expiring in 30 days/);
    await user.click(soon);
    await page.locator('nav a[aria-current="page"]', { hasText: 'Expiring' }).waitFor();
    const shown = Number(/(\d+)\s*$/.exec(await soon.innerText())?.[1]);
    await page.locator(`[role="grid"][aria-rowcount="${shown + 1}"]`).waitFor();
    const truth = (await registered(call)).filter(
      (item) => !item.Disabled && daysLeft(item) > 0 && daysLeft(item) <= 30,
    );
    return { answer: expectSame('expiring', shown, truth.length), read: 0 };
  },

  async 't2 ReadWrite on db7 for five certificates'(page, user, round, call) {
    const five = (await registered(call))
      .filter((item) => ordinary(item) && !item.Permissions.db7 && daysLeft(item) > 40)
      .filter((item) => Object.keys(item.Permissions).length > 0)
      .slice(round * 5, round * 5 + 5);
    for (const { Name } of five) {
      await find(page, user, Name);
      await user.click(grid(page).getByRole('checkbox', { name: `Select ${Name}`, exact: true }));
    }
    await user.click(
      page.getByRole('group', { name: 'Selected certificates' }).getByRole('button', { name: 'Give access…' }),
    );
    await page.getByRole('combobox', { name: 'Database to give access to' }).waitFor();
    await user.type('db7');
    await user.press('Enter');
    await user.click(page.getByRole('button', { name: 'Give 5 certificates access' }));
    await page.getByRole('link', { name: 'Back to the list' }).waitFor();
    const now = await registered(call);
    const done = five.filter(
      (item) => now.find((other) => other.Thumbprint === item.Thumbprint)?.Permissions.db7 === 'ReadWrite',
    ).length;
    if (done !== 5) throw new Error(`${done} of 5 got access to db7`);
    return { done };
  },

  async 't3 who can Admin db3'(page, user, round, call) {
    await user.click(page.getByRole('button', { name: 'Database', exact: true }));
    await user.click(page.getByRole('option', { name: 'db3', exact: true }));
    const sentence = await page.getByText(/^db3: \d+ can administer/).innerText();
    const truth = (await registered(call)).filter(
      (item) =>
        !item.Disabled &&
        daysLeft(item) > 0 &&
        (item.SecurityClearance !== 'ValidUser' || item.Permissions.db3 === 'Admin'),
    );
    const shown = Number(/: (\d+)/.exec(sentence)?.[1]);
    return { answer: expectSame('can administer db3', shown, truth.length), read: 0 };
  },

  async 't4 generate with a second factor'(page, user, round, call) {
    const name = `anna tablet ${round}`;
    await user.click(generate(page));
    await user.click(nameField(page));
    await user.type(name);
    await user.click(page.getByRole('combobox', { name: 'Add a database' }));
    await user.type('db3');
    await user.press('Enter');
    await user.click(page.getByLabel('Passphrase optional'));
    await user.type('S3cure-pass');
    await user.click(twoFactor(page));
    await qr(page).waitFor();
    const key = await page.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/).innerText();
    // Past the button that copies the key, to the code.
    await user.press('Tab');
    await user.press('Tab');
    await user.type(new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) }).generate());
    await page.getByText('The app shows the right codes.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 60_000 }),
      user.click(page.getByRole('button', { name: 'Generate and download' })),
    ]);
    const until = performance.now();
    const made = (await registered(call)).find((item) => item.Name === name);
    if (made?.HasTwoFactor !== true || made.Permissions.db3 !== 'ReadWrite') throw new Error(`${name} isn’t as asked`);
    return { until, file: download.suggestedFilename(), codeChecked: true };
  },

  async 't5 rotate one that is about to expire'(page, user, round, call) {
    await user.click(view(page, /^Expiring in 30 days/));
    await page.locator('nav a[aria-current="page"]', { hasText: 'Expiring' }).waitFor();
    await page.locator(row).first().waitFor();
    // To the first row, which ends soonest, and into it.
    await user.press('/');
    await user.press('ArrowDown');
    await grid(page).locator('a:focus').waitFor();
    await user.press('Enter');
    await page.waitForURL(/\/certificates\/[0-9A-F]{40}$/);
    const thumbprint = page.url().slice(-40);
    const old = (await registered(call)).find((item) => item.Thumbprint === thumbprint);
    await user.click(page.getByRole('link', { name: 'Rotate' }));
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 60_000 }),
      user.click(page.getByRole('button', { name: 'Issue and download' })),
    ]);
    await user.click(page.getByRole('button', { name: 'Disable the old one' }));
    // The focus goes on to the last step's heading: its button is next.
    await page.waitForFunction(() => document.activeElement?.textContent.startsWith('Delete the old one'));
    await user.press('Tab');
    await user.press('Enter');
    await page.getByText(`“${old.Name}” is rotated`).waitFor();
    const now = await registered(call);
    const named = now.filter((item) => item.Name === old.Name);
    const same = JSON.stringify(named[0]?.Permissions) === JSON.stringify(old.Permissions);
    if (named.length !== 1 || named[0].Thumbprint === thumbprint || !same) throw new Error(`${old.Name} isn’t rotated`);
    return { oldGone: true, sameName: named.length, file: download.suggestedFilename() };
  },

  async 't6 disable one'(page, user, round, call) {
    const item = (await registered(call)).filter((other) => ordinary(other) && daysLeft(other) > 60).at(-1);
    await find(page, user, item.Name);
    await user.click(actions(page, item.Name));
    await user.click(page.getByRole('menuitem', { name: 'Disable' }));
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).waitFor();
    await user.press('Enter');
    await page.getByText(`“${item.Name}” is disabled`, { exact: true }).waitFor();
    const now = (await registered(call)).find((other) => other.Thumbprint === item.Thumbprint);
    if (now?.Disabled !== true) throw new Error(`${item.Name} isn’t disabled`);
    return { done: true };
  },
};
