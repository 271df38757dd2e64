import { expect, test } from 'vitest';
import { inParallel } from './in-parallel.ts';

const items = Array.from({ length: 20 }, (_, index) => index);

test('does each once, never more than the limit at the same time', async () => {
  let [now, most] = [0, 0];
  const done: number[] = [];
  await inParallel(items, 4, async (item) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, item % 3));
    now--;
    done.push(item);
  });
  expect(most).toBe(4);
  expect(done.toSorted((a, b) => a - b)).toEqual(items);
});

test('stopped, what was begun ends and nothing else begins', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  await inParallel(
    items,
    4,
    async (item) => {
      begun.push(item);
      await Promise.resolve();
      ended.push(item);
    },
    () => begun.length < 6,
  );
  expect(begun).toHaveLength(6);
  expect(ended.toSorted((a, b) => a - b)).toEqual(begun);
});

test('what one throws is thrown when the others have ended', async () => {
  const ended: number[] = [];
  const run = inParallel(items, 2, async (item) => {
    await Promise.resolve();
    if (item === 3) throw new Error('three');
    ended.push(item);
  });
  await expect(run).rejects.toThrow('three');
  expect(ended.length).toBeLessThan(items.length - 1);
  expect(ended).toContain(2);
});
