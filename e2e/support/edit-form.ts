import { expect, type Page } from '@playwright/test';
import type { Identity } from '../fixtures/console.ts';
import type { Raven } from '../fixtures/raven.ts';
import { registered } from './people.ts';

/** The page of an edit, by what a person reads. */
export const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
export const nameField = (page: Page) => page.getByRole('textbox', { name: 'Name' });
export const changes = (page: Page) => page.getByRole('list', { name: 'Changes', exact: true }).getByRole('listitem');

export async function openEdit(page: Page, { thumbprint }: { thumbprint: string }): Promise<void> {
  await page.goto(`/certificates/${thumbprint}/edit`);
  await expect(nameField(page)).toBeVisible();
}

/** A user with rights on two databases. */
export async function user(raven: Raven): Promise<Identity & { name: string }> {
  const name = raven.unique('edit');
  const identity = await registered(raven, { name, permissions: { orders: 'ReadWrite', stock: 'Read' } });
  return { ...identity, name };
}
