import { expect, test } from 'vitest';
import { replacementPhase } from './replacement-phase.ts';

const status = { confirmations: 1, replaced: 0 };

test('from the first confirmation to being served', () => {
  const at = 1_000;
  expect(replacementPhase({ status: null, servedThumbprint: 'OLD', at }, null, null)).toEqual({ phase: 'none' });
  expect(replacementPhase({ status, servedThumbprint: 'OLD', at }, 'NEW', null)).toEqual({
    phase: 'confirming',
    count: 1,
  });
  // Served here already, by other nodes not yet.
  expect(replacementPhase({ status: { ...status, replaced: 2 }, servedThumbprint: 'NEW', at }, 'NEW', null)).toEqual({
    phase: 'replacing',
    count: 2,
  });
  expect(replacementPhase({ status: null, servedThumbprint: 'new', at }, 'NEW', 900)).toEqual({ phase: 'served' });
});

test('one that vanished without being served was cancelled, after a while', () => {
  const seen = { status: null, servedThumbprint: 'OLD', at: 100_000 };
  expect(replacementPhase(seen, 'NEW', 99_000)).toEqual({ phase: 'settling' });
  expect(replacementPhase(seen, 'NEW', 80_000)).toEqual({ phase: 'cancelled' });
});
