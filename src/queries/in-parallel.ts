/**
 * Does `work` for each item in their order, at most `limit` at once. Takes no further one when `goesOn` says no, and resolves when all
 * that was begun has ended.
 * @throws what `work` throws first; the rest isn't begun
 */
export async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
  goesOn: () => boolean = () => true,
): Promise<void> {
  const queue = items.values();
  let broken = false;
  const take = async () => {
    // One iterator for all: each item is taken by whoever is free first.
    for (;;) {
      if (broken || !goesOn()) return;
      const next = queue.next();
      if (next.done === true) return;
      try {
        await work(next.value);
      } catch (error) {
        broken = true;
        throw error;
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, take));
  const failed = workers.find((worker) => worker.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
