import { limits } from '../limits.ts';
import { RavenException } from './raven-exception.ts';

/** Who holds memory while nothing goes on for so long, in ms, has to give way when it is needed. */
const patienceMs = 5_000;
const lookAgainMs = 500;

/** The memory that one request holds: its body, what was read out of it, an answer that waits to be taken. In bytes. */
export class Held {
  readonly #ledger: Ledger;
  readonly #owner: object;
  readonly #cut: () => void;
  #bytes = 0;
  #movedAt = performance.now();
  #closed = false;

  constructor(ledger: Ledger, owner: object, cut: () => void) {
    this.#ledger = ledger;
    this.#owner = owner;
    this.#cut = cut;
  }

  /** @throws RavenDB's exception (503) when there is no room, not even after those went who stand still */
  take(bytes: number): void {
    this.#movedAt = performance.now();
    if (!this.#ledger.take(this, this.#owner, bytes))
      throw new RavenException(
        'System.OutOfMemoryException',
        'The server holds as many big requests and answers as it can: try again.',
      );
    this.#bytes += bytes;
  }

  /** Waits for room. @returns false when the request ended meanwhile */
  async wait(bytes: number): Promise<boolean> {
    while (!this.#closed && !this.#ledger.take(this, this.#owner, bytes)) await this.#ledger.change();
    if (this.#closed) return false;
    this.#bytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
    this.#ledger.give(this.#owner, bytes);
  }

  /** Something was sent or taken. */
  moved(): void {
    this.#movedAt = performance.now();
  }

  /** Whether nothing has gone on for too long. */
  get idle(): boolean {
    return this.#bytes > 0 && performance.now() - this.#movedAt > patienceMs;
  }

  /** Ends the request. */
  cut(): void {
    this.close();
    this.#cut();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.give(this.#bytes);
    this.#ledger.forget(this);
  }
}

/** Keeps count of the memory that all requests hold together, and those of one connection. */
class Ledger {
  readonly #most: number;
  readonly #mostPerOwner: number;
  /** Those that hold something. */
  readonly #all = new Set<Held>();
  readonly #byOwner = new WeakMap<object, number>();
  #bytes = 0;
  readonly #waiting = new Set<() => void>();

  constructor(most: number, mostPerOwner: number) {
    this.#most = most;
    this.#mostPerOwner = mostPerOwner;
  }

  /** @param owner the connection @param cut ends the request, whose memory is needed */
  open(owner: object, cut: () => void): Held {
    return new Held(this, owner, cut);
  }

  forget(held: Held): void {
    this.#all.delete(held);
  }

  take(taker: Held, owner: object, bytes: number): boolean {
    const own = this.#byOwner.get(owner) ?? 0;
    if (own > 0 && own + bytes > this.#mostPerOwner) return false;
    if (this.#bytes + bytes > this.#most) {
      for (const held of this.#all) {
        if (held !== taker && held.idle) held.cut();
        if (this.#bytes + bytes <= this.#most) break;
      }
      // What is alone may be as big as it likes: there are limits on each body.
      if (this.#bytes > 0 && this.#bytes + bytes > this.#most) return false;
    }
    this.#bytes += bytes;
    this.#byOwner.set(owner, own + bytes);
    this.#all.add(taker);
    return true;
  }

  give(owner: object, bytes: number): void {
    if (bytes === 0) return;
    this.#bytes -= bytes;
    this.#byOwner.set(owner, (this.#byOwner.get(owner) ?? 0) - bytes);
    for (const go of [...this.#waiting]) go();
  }

  /** Resolves when somebody gave something, or when it is time to look who stands still. */
  async change(): Promise<void> {
    await new Promise<void>((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, lookAgainMs);
      this.#waiting.add(go);
    });
  }
}

/** What all requests may hold; those on routes for anybody apart, since strangers must not take the others' room. */
export const ledgers = {
  known: new Ledger(limits.heldBytes, limits.heldBytesPerConnection),
  strangers: new Ledger(limits.strangersHeldBytes, limits.strangersHeldBytesPerConnection),
} as const;
