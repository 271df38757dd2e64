import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The state of now, light and dark, wide and narrow, without movement: no violation, and nothing to scroll sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1280, 320]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
      expect(found, `${colorScheme}, ${String(width)} px`).toEqual([]);
      const taken = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(taken, `what ${String(width)} px are too narrow for`).toBeLessThanOrEqual(width);
    }
  await page.setViewportSize({ width: 1280, height: 900 });
}
