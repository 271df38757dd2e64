import type { Locator, Page } from '@playwright/test';

/** RavenDB Studio 7.2's view of certificates, as far as the tests drive it. */
export class StudioPage {
  readonly page: Page;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.locator('.modal-dialog').last();
  }

  async open(url: string): Promise<void> {
    await this.page.goto(`${url}/studio/index.html#admin/settings/certificates`, { waitUntil: 'commit' });
    await this.rows.first().waitFor({ timeout: 180_000 });
    // It asks once whether it may send figures home.
    await this.page.addLocatorHandler(this.page.getByText('No, thank you'), (button) => button.click());
  }

  get rows(): Locator {
    return this.page.locator('.rich-panel-item');
  }

  row(text: string): Locator {
    return this.rows.filter({ hasText: text });
  }

  async menu(item: string): Promise<void> {
    await this.page.locator('button[title="Manage user access"]').click();
    await this.page.locator('.dropdown-menu.show').getByText(item, { exact: true }).click();
  }

  action(name: 'Clone' | 'Edit' | 'Disable' | 'Delete', certificate: string): Locator {
    return this.row(certificate).locator(`button[title="${name} certificate"]`).first();
  }

  async name(text: string): Promise<void> {
    await this.dialog.locator('input[name=name]').fill(text);
  }

  async grant(database: string): Promise<void> {
    await this.dialog.locator('.react-select__control', { hasText: 'Select (or enter) a database' }).click();
    await this.page.keyboard.type(database);
    await this.page.keyboard.press('Enter');
  }

  submit(): Promise<void> {
    return this.dialog.locator('button[type=submit]').last().click();
  }
}
