import { CertificateFileError } from './certificate-file-error.ts';

/**
 * What reading one file may cost in key derivation. The file states its rounds, so without a limit a file of a hundred bytes keeps a
 * core busy for hours.
 */
export interface WorkLimits {
  /** Rounds in all, for a server that reads what others send. Left out: as long as a person waits. */
  readonly rounds?: number;
}

/** What a person waits for, seeing the progress. */
const PATIENCE_MS = 60_000;
/** Are done however slow the machine is: more than any program writes by itself (GnuTLS with Triple DES comes to 3,000,000). */
const GRANTED_ROUNDS = 4_000_000;
/** Beyond this many rounds PBKDF2 is tried out first: it can't be stopped once it runs. */
const TRIED_OUT_FROM = 1_000_000;
/** WebCrypto takes no more. */
const MAX_ROUNDS = 2 ** 32 - 1;

/** Weighs a round of PKCS#12's own derivation, done in JavaScript, against one of PBKDF2, done by the platform. */
const JS_WEIGHT = 6;

export class WorkBudget {
  readonly #limits: WorkLimits;
  readonly #onProgress: ((done: number) => void) | undefined;
  readonly #deadline: number;
  #rounds = 0;
  #foreseen = 0;
  #done = 0;
  #told = 0;

  /** @param onProgress told what part of the foreseen work is done, 0 to 1, at most a hundred times */
  constructor(limits: WorkLimits = {}, onProgress?: (done: number) => void) {
    this.#limits = limits;
    this.#onProgress = onProgress;
    this.#deadline = performance.now() + PATIENCE_MS;
  }

  /** Adds to what progress counts as the whole. */
  foresee(rounds: number, how: 'js' | 'native'): void {
    if (Number.isFinite(rounds)) this.#foreseen += rounds * (how === 'js' ? JS_WEIGHT : 1);
  }

  /**
   * To be called before the work starts.
   * @throws CertificateFileError 'too-expensive' when the budget doesn't reach, also for counts below 1
   */
  spend(rounds: number): void {
    const { rounds: most } = this.#limits;
    if (rounds < 1 || rounds > MAX_ROUNDS)
      throw tooExpensive('a number of rounds of key derivation that nothing can work with');
    this.#rounds += rounds;
    if (most !== undefined && this.#rounds > most)
      throw tooExpensive(`more than ${most.toLocaleString('en')} rounds of key derivation`);
  }

  /** Counts the rounds of one derivation as they are done. @returns to be called for each */
  counter(rounds: number): () => void {
    const started = performance.now();
    let done = 0;
    return () => {
      done += 1;
      if (done % 4096 !== 0 && done !== rounds) return;
      this.#advance(done === rounds ? (rounds % 4096 || 4096) * JS_WEIGHT : 4096 * JS_WEIGHT);
      if (this.#limits.rounds === undefined) this.#expectTime(rounds, (performance.now() - started) / done, done);
    };
  }

  /** Does a derivation of the platform's, which can't be stopped. @param derive does it with that many rounds */
  async native<T>(rounds: number, derive: (rounds: number) => Promise<T>): Promise<T> {
    if (rounds > TRIED_OUT_FROM && this.#limits.rounds === undefined) {
      const tried = 20_000;
      const started = performance.now();
      await derive(tried);
      this.#expectTime(rounds, (performance.now() - started) / tried, 0);
    }
    const derived = await derive(rounds);
    this.#advance(rounds);
    return derived;
  }

  #expectTime(rounds: number, msPerRound: number, done: number): void {
    const left = (rounds - done) * msPerRound;
    if (this.#rounds <= GRANTED_ROUNDS || performance.now() + left <= this.#deadline) return;
    const minutes = Math.ceil((rounds * msPerRound) / 60_000);
    throw tooExpensive(
      `${rounds.toLocaleString('en')} rounds of key derivation, about ${minutes.toLocaleString('en')} ${minutes === 1 ? 'minute' : 'minutes'} of work`,
    );
  }

  #advance(work: number): void {
    this.#done += work;
    if (this.#onProgress === undefined || this.#foreseen === 0) return;
    const percent = Math.min(100, Math.floor((100 * this.#done) / this.#foreseen));
    if (percent <= this.#told) return;
    this.#told = percent;
    this.#onProgress(percent / 100);
  }
}

const tooExpensive = (what: string): CertificateFileError =>
  new CertificateFileError(
    'too-expensive',
    `The file asks for ${what}. Export it again with fewer: 600,000 are what Firefox takes.`,
  );
