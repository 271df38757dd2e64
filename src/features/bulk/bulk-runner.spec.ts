import { expect, test } from 'vitest';
import { RavenError } from '../../api/errors.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import type { BulkOrder, BulkRun } from '../../queries/bulk.ts';
import { BulkRunner, type BulkRunState } from './bulk-runner.ts';

const entries = ['A', 'B', 'C', 'D'].map((thumbprint) => ({ thumbprint }) as CertificateEntry);
const order: BulkOrder = {
  action: { kind: 'disable' },
  viewer: { thumbprint: 'ME', clearance: 'ClusterAdmin' },
  staying: [],
};

/** A runner whose runs are done by `send`; all that was drawn. */
function runner(send: (run: BulkRun, turn: number) => Promise<RavenError | null>) {
  const drawn: BulkRunState[] = [];
  let turn = 0;
  const one = new BulkRunner(
    entries,
    order,
    async (run) => ({ done: [], interrupted: await send(run, ++turn) }),
    (state) => drawn.push(state),
  );
  const last = () => {
    const state = drawn.at(-1);
    return {
      phase: state?.phase,
      interrupted: state?.interrupted,
      results: state?.items.map(({ result }) => (typeof result === 'object' ? result.kind : (result ?? '-'))).join(' '),
    };
  };
  return { one, last, drawn };
}

test('stops when asked, goes on with the rest, tries again what failed', async () => {
  const asked: string[] = [];
  const { one, last } = runner((run, turn) => {
    for (const { thumbprint } of run.entries) {
      if (!run.goesOn()) break;
      asked.push(`${String(turn)}${thumbprint}`);
      run.onBegin(thumbprint);
      run.onResult(thumbprint, turn === 1 && thumbprint === 'A' ? { kind: 'refused', reason: 'no' } : { kind: 'done' });
      if (turn === 1 && thumbprint === 'B') one.stop();
    }
    return Promise.resolve(null);
  });
  await one.goOn();
  expect(last()).toEqual({ phase: 'ended', interrupted: null, results: 'refused done - -' });
  expect(one.undone()).toEqual(['A', 'C', 'D']);
  await one.goOn();
  expect(last().results).toBe('refused done done done');
  await one.retry();
  expect(last().results).toBe('done done done done');
  expect(one.undone()).toEqual([]);
  expect(asked).toEqual(['1A', '1B', '2C', '2D', '3A']);
});

test('what a run that broke off didn’t do waits', async () => {
  const away = new RavenError({ status: 0, type: 'NoAnswer', message: '', path: '' });
  const { one, last } = runner((run) => {
    run.onBegin('A');
    run.onResult('A', { kind: 'done' });
    run.onBegin('B');
    run.onResult('B', null);
    return Promise.resolve(away);
  });
  await one.goOn();
  expect(last()).toEqual({ phase: 'ended', interrupted: away, results: 'done - - -' });
});

test('one run at a time', async () => {
  let runs = 0;
  let release: () => void = () => undefined;
  const { one } = runner(async () => {
    runs++;
    await new Promise<void>((resolve) => (release = resolve));
    return null;
  });
  const first = one.goOn();
  await one.goOn();
  await one.retry();
  release();
  await first;
  expect(runs).toBe(1);
});
