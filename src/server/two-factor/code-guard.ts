import { createHash } from 'node:crypto';
import { matchCode } from '../../pki/totp.ts';
import type { Hardenings } from '../hardenings.ts';
import type { Store } from '../store/store.ts';

/** Steps of 30 seconds to either side of now whose codes are taken (RavenDB's window). */
const window = 2;
/** Wrong codes of one source, and of all sources together, before waiting begins. */
const freeAttempts = { source: 5, all: 25 } as const;
const firstWaitMs = 30_000;
const longestWaitMs = 15 * 60_000;
/** Without a wrong code for so long what was wrong before is forgotten. */
const forgottenAfterMs = 24 * 3_600_000;
/** How many sources that gave a right code are remembered, by authentication key. */
const knownSources = 8;

interface Attempts {
  wrong: number;
  /** ms UTC until when no code is looked at. */
  waitUntil: number;
  /** ms UTC */
  lastWrong: number;
}

/** What is known of one authentication key. */
interface Guarded {
  all: Attempts;
  readonly bySource: Map<string, Attempts>;
  /** Sources that gave a right code, the latest last. */
  readonly known: Set<string>;
}

export type CodeResult =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' }
  /** `until` in ms UTC. */
  | { readonly kind: 'wait'; readonly until: number };

/**
 * Checks codes of the second factor. By default wrong ones make the next ones wait, ever longer, and a code works once, also after a restart.
 * Both are counted by authentication key, so that certificates that share one (same key, set) don't multiply the attempts, and the attempts
 * by where they come from too, so that who holds a certificate but no code can't keep its owner out from elsewhere. Who has many addresses is
 * held up by what all of them tried together; who gave a right code before isn't.
 */
export class CodeGuard {
  readonly #store: Store;
  readonly #hardenings: Hardenings;
  readonly #guarded = new Map<string, Guarded>();
  /** Keys whose code is being noted: a second request with it must wait for the answer. */
  readonly #lastSteps = new Map<string, number>();

  constructor(store: Store, hardenings: Hardenings) {
    this.#store = store;
    this.#hardenings = hardenings;
  }

  /**
   * @param source where it comes from (see `sourceOf`)
   * @throws Error when the key isn't base32
   */
  async check(key: string, code: number, source: string): Promise<CodeResult> {
    const now = Date.now();
    const id = idOf(key);
    const limited = this.#hardenings.has('limitedCodeAttempts');
    const guarded: Guarded = this.#guarded.get(id) ?? { all: none, bySource: new Map(), known: new Set() };
    const own = asOf(now, guarded.bySource.get(source));
    const all = asOf(now, guarded.all);
    const until = Math.max(own.waitUntil, guarded.known.has(source) ? 0 : all.waitUntil);
    if (limited && until > now) return { kind: 'wait', until };
    const step = code < 0 || key.trim() === '' ? null : matchCode(key, code, { window, now });
    if (step === null || (this.#hardenings.has('codesWorkOnce') && !this.#isNew(id, step))) {
      if (limited) {
        guarded.bySource.set(source, afterWrong(own, freeAttempts.source, now));
        guarded.all = afterWrong(all, freeAttempts.all, now);
        this.#guarded.set(id, guarded);
      }
      return { kind: 'wrong' };
    }
    if (limited) this.#noteRight(id, guarded, source);
    if (this.#hardenings.has('codesWorkOnce')) {
      this.#lastSteps.set(id, step);
      await this.#store.write((transaction) => transaction.put('two-factor-steps', id, step));
    }
    return { kind: 'right' };
  }

  /** Ends every wait of an authentication key, as an admin who edits its certificate does. */
  forgive(key: string): void {
    const guarded = this.#guarded.get(idOf(key));
    if (guarded === undefined) return;
    guarded.all = none;
    guarded.bySource.clear();
  }

  #isNew(id: string, step: number): boolean {
    const last = this.#lastSteps.get(id) ?? Number(this.#store.get('two-factor-steps', id) ?? -1);
    return step > last;
  }

  /** What all sources tried wrong stays: else whoever guesses would begin anew with each of the owner's logins. */
  #noteRight(id: string, guarded: Guarded, source: string): void {
    guarded.bySource.delete(source);
    guarded.known.delete(source);
    guarded.known.add(source);
    const [oldest] = guarded.known;
    if (guarded.known.size > knownSources && oldest !== undefined) guarded.known.delete(oldest);
    this.#guarded.set(id, guarded);
  }
}

const none: Attempts = { wrong: 0, waitUntil: 0, lastWrong: 0 };

const idOf = (key: string): string => createHash('sha256').update(key.toUpperCase()).digest('hex');

const asOf = (now: number, attempts: Attempts | undefined): Attempts =>
  attempts === undefined || now - attempts.lastWrong > forgottenAfterMs ? none : attempts;

function afterWrong(attempts: Attempts, free: number, now: number): Attempts {
  const wrong = attempts.wrong + 1;
  const rounds = wrong - free;
  const wait = rounds < 0 ? 0 : Math.min(firstWaitMs * 2 ** rounds, longestWaitMs);
  return { wrong, waitUntil: now + wait, lastWrong: now };
}
