import { limits } from '../limits.ts';

/** Of a certificate it is noted every so often at most, in ms. */
const noteEvery = 15_000;

/** When the node and each certificate was last asked, in ms UTC. */
export class Statistics {
  readonly startUpTime = Date.now();
  lastRequestTime: number | null = null;
  lastNonAdminTime: number | null = null;
  readonly #byCertificate = new Map<string, number>();
  /** Certificates that aren't registered, which anybody can make as many of as they like: the last few, in the order of their requests. */
  readonly #strangers = new Map<string, number>();

  /**
   * @param known the certificate is one that the node knows
   * @param admin the request was let in as a cluster admin
   */
  note(thumbprint: string | undefined, known: boolean, allowed: boolean, admin: boolean): void {
    const now = Date.now();
    this.lastRequestTime = now;
    if (allowed && !admin) this.lastNonAdminTime = now;
    if (thumbprint === undefined) return;
    const noted = known ? this.#byCertificate : this.#strangers;
    const last = noted.get(thumbprint);
    if (last !== undefined && now - last <= noteEvery) return;
    if (known) this.#strangers.delete(thumbprint);
    else noted.delete(thumbprint);
    noted.set(thumbprint, now);
    const [oldest] = this.#strangers.keys();
    if (this.#strangers.size > limits.strangersNoted && oldest !== undefined) this.#strangers.delete(oldest);
  }

  /** For example data. */
  set(thumbprint: string, ms: number): void {
    this.#byCertificate.set(thumbprint, ms);
  }

  forget(thumbprint: string): void {
    this.#byCertificate.delete(thumbprint.toUpperCase());
    this.#strangers.delete(thumbprint.toUpperCase());
  }

  *perCertificate(): Generator<readonly [thumbprint: string, ms: number]> {
    yield* this.#strangers;
    yield* this.#byCertificate;
  }
}
