import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { DamagedStoreError, Store, type Transaction } from './store.ts';

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

test('a write that can’t be written fails alone; the others are made anew on the state without it', async () => {
  folder = mkdtempSync(join(tmpdir(), 'raven-store-'));
  const store = new Store(folder);
  let count = 0;
  store.onReload(() => (count = Number(store.get('meta', 'count') ?? 0)));
  const countOn = (transaction: Transaction) => {
    count += 1;
    transaction.put('meta', 'count', count);
    return count;
  };
  const results = await Promise.allSettled([
    store.write(countOn),
    store.write((transaction) => {
      countOn(transaction);
      transaction.put('a table that isn’t there', 'x', 1);
    }),
    store.write(countOn),
    store.write((transaction) => {
      transaction.put('meta', 'x'.repeat(2_100), 1);
    }),
    store.write((transaction) => {
      countOn(transaction);
      throw new Error('changed its mind');
    }),
    store.write(countOn),
  ]);
  expect(results).toMatchObject([
    { value: 1 },
    { reason: { message: expect.stringContaining('no table') } },
    { value: 2 },
    { reason: { type: 'System.ArgumentException' } },
    { reason: { message: 'changed its mind' } },
    { value: 3 },
  ]);
  expect([count, store.get('meta', 'count')]).toEqual([3, 3]);
  await store.close();
});
