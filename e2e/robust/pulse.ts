import { Worker } from 'node:worker_threads';
import { tlsOptions } from './client.ts';
import type { NodeProcess } from './running-node.ts';

/** How long somebody else may wait for an answer meanwhile, in milliseconds. On an idle machine it is a few. */
const patience = 10_000;
/** Bytes that the process may take. A quiet node takes about 150 MB. */
const most = 1_000_000_000;

export interface Pulse {
  /** How often somebody else asked who they are, and the longest wait for an answer in milliseconds. */
  readonly beats: number;
  readonly longest: number;
  /** Bytes of memory at the worst moment. */
  readonly memory: number;
}

/**
 * Lets others go on using the node while `attack` runs: again and again a new connection that asks who it is.
 * @throws when one of them isn't answered in time, or the node takes too much memory or dies
 */
export async function underAttack(node: NodeProcess, attack: () => Promise<unknown>): Promise<Pulse> {
  const options = tlsOptions(node);
  const worker = new Worker(new URL('./pulse-worker.mjs', import.meta.url), { workerData: options });
  let beats = 0;
  let longest = 0;
  node.forgetPeak();
  const ended = new Promise<void>((resolve, reject) => {
    worker.on('message', ({ status, ms, error }: { status: number; ms: number; error?: string }) => {
      beats += 1;
      longest = Math.max(longest, ms);
      if (status !== 200) reject(new Error(`Somebody else got ${status} meanwhile (${error ?? 'an answer'}).`));
    });
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
  try {
    await Promise.race([attack(), ended]);
    worker.postMessage('over');
    await ended;
  } finally {
    await worker.terminate();
  }
  if (!node.alive()) throw new Error(`The node died:\n${node.output()}`);
  const memory = node.peakBytes();
  if (longest > patience) throw new Error(`Somebody else waited ${longest.toFixed(0)} ms.`);
  if (memory > most) throw new Error(`The node took ${(memory / 1e6).toFixed(0)} MB.`);
  return { beats, longest, memory };
}
