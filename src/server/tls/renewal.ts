import { invalidOperationError } from '../http/raven-exception.ts';
import { renewalDays, type IdentityKeeper } from './identity-keeper.ts';
import type { Replacement } from './replacement.ts';

const day = 86_400_000;
const hour = 3_600_000;
const saturday = 6;
interface Who {
  readonly by: string | null;
  readonly byName: string | null;
}

export interface RenewalOptions {
  readonly identity: IdentityKeeper;
  readonly replacement: Replacement;
  /** Does this node renew by itself? */
  readonly enabled: () => boolean;
  readonly log: (line: string) => void;
}

/** Renews the server certificate from the node's own authority 30 days ahead, looked at every hour, or on demand. */
export class Renewal {
  readonly #options: RenewalOptions;
  #running = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RenewalOptions) {
    this.#options = options;
  }

  /** Begins to look every hour. */
  watch(): void {
    this.#timer = setInterval(() => void this.#look(), hour);
    this.#timer.unref();
    void this.#look();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    try {
      await this.refresh(false, { by: null, byName: null });
    } catch (error) {
      this.#options.log(error instanceof Error ? error.message : String(error));
    }
  }

  /** The Saturday of the week in which the certificate has 30 days left, 00:00 UTC; today when that has passed. ms UTC. */
  nextDate(): number {
    const today = Math.floor(Date.now() / day) * day;
    const due = Math.floor(this.#options.identity.current.notAfter / day) * day - renewalDays * day;
    if (due <= today) return today;
    const weekday = new Date(due).getUTCDay();
    return due + ((saturday - weekday + 7) % 7) * day;
  }

  /** Begins a renewal in the background; false when one is running. */
  start(who: Who): boolean {
    if (this.#running) return false;
    this.#running = true;
    void this.#renew(who)
      .catch((error: unknown) => {
        this.#options.log(
          `The server certificate could not be renewed: ${error instanceof Error ? error.message : String(error)}`,
        );
      })
      .finally(() => {
        this.#running = false;
      });
    return true;
  }

  async #renew(who: Who): Promise<void> {
    const { identity, replacement } = this.#options;
    await replacement.start(await identity.issueNext(), true, who);
    await replacement.settled();
  }

  /** Takes over a file that was changed, goes on with a replacement, renews when it is due or told to. */
  async refresh(force: boolean, who: Who): Promise<void> {
    const { identity, replacement, enabled, log } = this.#options;
    try {
      if (await identity.reload()) log(`The server certificate was changed on disk: ${identity.current.thumbprint}.`);
    } catch (error) {
      throw invalidOperationError(error instanceof Error ? error.message : 'The server certificate could not be read.');
    }
    replacement.proceed();
    const due = identity.current.notAfter - Date.now() <= renewalDays * day;
    if (enabled() && identity.managed && (force || due)) this.start(who);
  }
}
