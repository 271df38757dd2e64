import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DamagedStoreError, Store } from './store.ts';

let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function written(): Promise<string> {
  folder = mkdtempSync(join(tmpdir(), 'raven-store-'));
  const store = new Store(folder);
  for (let i = 0; i < 20; i++)
    await store.write((transaction) => transaction.put('documents', `orders/${i}`, { text: 'x'.repeat(3_000) }));
  await store.close();
  return join(folder, 'data.mdb');
}

test('what was written is there after it is opened again', async () => {
  await written();
  const store = new Store(folder);
  expect([...store.entries('documents')]).toHaveLength(20);
  await store.close();
});

test.each([0.9, 0.5, 0.25])('a file cut off at %d of its length is said to be damaged', async (part) => {
  const file = await written();
  truncateSync(file, Math.floor(statSync(file).size * part));
  expect(() => new Store(folder)).toThrow(DamagedStoreError);
});
