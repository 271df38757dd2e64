/** When the node and each certificate was last asked, in ms UTC; of a certificate it is noted every 15 seconds at most. */
export class Statistics {
  readonly startUpTime = Date.now();
  lastRequestTime: number | null = null;
  lastNonAdminTime: number | null = null;
  readonly #byCertificate = new Map<string, number>();

  /** @param admin the request was let in as a cluster admin */
  note(thumbprint: string | undefined, allowed: boolean, admin: boolean): void {
    const now = Date.now();
    this.lastRequestTime = now;
    if (allowed && !admin) this.lastNonAdminTime = now;
    if (thumbprint === undefined) return;
    const last = this.#byCertificate.get(thumbprint);
    if (last === undefined || now - last > 15_000) this.#byCertificate.set(thumbprint, now);
  }

  /** For example data. */
  set(thumbprint: string, ms: number): void {
    this.#byCertificate.set(thumbprint, ms);
  }

  forget(thumbprint: string): void {
    this.#byCertificate.delete(thumbprint.toUpperCase());
  }

  get perCertificate(): ReadonlyMap<string, number> {
    return this.#byCertificate;
  }
}
