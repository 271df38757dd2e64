import { createHash } from 'node:crypto';
import { matchCode } from '../../pki/totp.ts';
import type { Hardenings } from '../hardenings.ts';
import type { Store } from '../store/store.ts';

/** Steps of 30 seconds to either side of now whose codes are taken (RavenDB's window). */
const window = 2;
/** Wrong codes in a row before waiting begins. */
const freeAttempts = 5;
const firstWaitMs = 30_000;
const longestWaitMs = 15 * 60_000;

interface Attempts {
  wrong: number;
  /** ms UTC until when no code is looked at. */
  waitUntil: number;
}

export type CodeResult =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly seconds: number };

/**
 * Checks codes of the second factor. By default wrong ones make the next ones wait, ever longer, and a code works once, also after a restart.
 * Both are counted by authentication key, so that certificates that share one (same key, set) don't multiply the attempts.
 */
export class CodeGuard {
  readonly #store: Store;
  readonly #hardenings: Hardenings;
  readonly #attempts = new Map<string, Attempts>();
  /** Keys whose code is being noted: a second request with it must wait for the answer. */
  readonly #lastSteps = new Map<string, number>();

  constructor(store: Store, hardenings: Hardenings) {
    this.#store = store;
    this.#hardenings = hardenings;
  }

  /** @throws Error when the key isn't base32 */
  async check(key: string, code: number): Promise<CodeResult> {
    const now = Date.now();
    const id = createHash('sha256').update(key.toUpperCase()).digest('hex');
    const limited = this.#hardenings.has('limitedCodeAttempts');
    const attempts = this.#attempts.get(id) ?? { wrong: 0, waitUntil: 0 };
    if (limited && attempts.waitUntil > now)
      return { kind: 'wait', seconds: Math.ceil((attempts.waitUntil - now) / 1000) };
    const step = code < 0 || key.trim() === '' ? null : matchCode(key, code, { window, now });
    if (step === null || (this.#hardenings.has('codesWorkOnce') && !this.#isNew(id, step))) {
      if (limited) this.#noteWrong(id, attempts, now);
      return { kind: 'wrong' };
    }
    this.#attempts.delete(id);
    if (this.#hardenings.has('codesWorkOnce')) {
      this.#lastSteps.set(id, step);
      await this.#store.write((transaction) => transaction.put('two-factor-steps', id, step));
    }
    return { kind: 'right' };
  }

  #isNew(id: string, step: number): boolean {
    const last = this.#lastSteps.get(id) ?? Number(this.#store.get('two-factor-steps', id) ?? -1);
    return step > last;
  }

  #noteWrong(id: string, attempts: Attempts, now: number): void {
    const wrong = attempts.wrong + 1;
    const rounds = wrong - freeAttempts;
    const wait = rounds < 0 ? 0 : Math.min(firstWaitMs * 2 ** rounds, longestWaitMs);
    this.#attempts.set(id, { wrong, waitUntil: now + wait });
  }
}
