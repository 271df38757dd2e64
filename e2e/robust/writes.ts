import type { Answer, Client } from './client.ts';

/** An entry and its history as a restarted node shows them. */
interface Listed {
  readonly Name: string;
  readonly Thumbprint: string;
  readonly Permissions: Readonly<Record<string, string>>;
}
interface Event {
  readonly Thumbprint: string;
  readonly Action: string;
}

/**
 * Writes that can be told apart afterwards. Each certificate is registered once and then edited again and again; the n-th write gives it
 * the name `<i>-<n>` and the permission on `db<n>`, and adds one event to its history, all in one transaction.
 */
export class Writes {
  readonly #certificates: readonly string[];
  readonly #first: number;
  /** Per certificate: how many writes were sent and how many acknowledged. */
  readonly #sent = new Map<number, number>();
  readonly #acknowledged = new Map<number, number>();
  readonly #thumbprints = new Map<number, string>();
  acknowledgements = 0;

  /** @param first the number of the first of these certificates, so that several sets can live on one node */
  constructor(certificates: readonly string[], first = 0) {
    this.#certificates = certificates;
    this.#first = first;
  }

  get size(): number {
    return this.#certificates.length;
  }

  /** The next write of the i-th certificate; true when it was acknowledged. Rejects when the connection broke. */
  async next(client: Client, i: number): Promise<Answer> {
    const n = this.#sent.get(i) ?? 0;
    this.#sent.set(i, n + 1);
    const settings = {
      Name: `${this.#first + i}-${n}`,
      SecurityClearance: 'ValidUser',
      Permissions: { [`db${n}`]: 'ReadWrite' },
    };
    const answer =
      n === 0
        ? await client.ask('PUT', '/admin/certificates', {
            body: { ...settings, Certificate: this.#certificates[i] },
          })
        : await client.ask('POST', '/admin/certificates/edit', {
            body: { ...settings, Thumbprint: this.#thumbprints.get(i) },
          });
    if (answer.status === 201) {
      this.#acknowledged.set(i, n + 1);
      this.acknowledgements += 1;
    } else this.#sent.set(i, n);
    return answer;
  }

  know(i: number, thumbprint: string): void {
    this.#thumbprints.set(i, thumbprint);
  }

  /** A write that was cut off may be there or not, and both are right: from now on what a restarted node lists counts. */
  goOnFrom(entries: readonly Listed[]): void {
    this.#sent.clear();
    this.#acknowledged.clear();
    for (const { Name } of entries) {
      const [number = 0, n = 0] = Name.split('-').map(Number);
      this.#sent.set(number - this.#first, n + 1);
      this.#acknowledged.set(number - this.#first, n + 1);
    }
  }

  /** How many writes of the i-th certificate were acknowledged so far. */
  acknowledged(i: number): number {
    return this.#acknowledged.get(i) ?? 0;
  }

  /**
   * What a node holds against what it acknowledged: one line for each thing that is lost, torn, or was never sent.
   * @param acknowledged how many writes of a certificate must be there; default: all that were acknowledged
   */
  problems(
    entries: readonly Listed[],
    events: readonly Event[],
    acknowledged: (i: number) => number = (i) => this.acknowledged(i),
  ): string[] {
    const byNumber = new Map(entries.map((entry) => [Number(entry.Name.split('-')[0]), entry]));
    const written = new Map<string, number>();
    for (const { Thumbprint, Action } of events)
      if (Action === 'Upload' || Action === 'Edit') written.set(Thumbprint, (written.get(Thumbprint) ?? 0) + 1);
    const found: string[] = [];
    for (let i = 0; i < this.size; i++) {
      const entry = byNumber.get(this.#first + i);
      const wanted = acknowledged(i);
      const sent = this.#sent.get(i) ?? 0;
      if (entry === undefined) {
        if (wanted > 0) found.push(`certificate ${i}: acknowledged ${wanted} times, and not there`);
        continue;
      }
      const n = Number(entry.Name.split('-')[1]);
      if (n + 1 < wanted) found.push(`certificate ${i}: write ${wanted} was acknowledged, write ${n + 1} is there`);
      if (n + 1 > sent) found.push(`certificate ${i}: write ${n + 1} is there and was never sent`);
      if (JSON.stringify(entry.Permissions) !== `{"db${n}":"ReadWrite"}`)
        found.push(`certificate ${i}: name of write ${n}, permissions ${JSON.stringify(entry.Permissions)}`);
      if (written.get(entry.Thumbprint) !== n + 1)
        found.push(`certificate ${i}: ${n + 1} writes, ${written.get(entry.Thumbprint) ?? 0} in its history`);
    }
    return found;
  }
}

/** Everything that a node lists, and its whole history. */
export async function readBack(client: Client): Promise<{ entries: Listed[]; events: Event[] }> {
  const list = await client.ask('GET', '/admin/certificates?metadataOnly=true');
  const { Results } = list.json<{ Results: Listed[] }>();
  const events: Event[] = [];
  for (;;) {
    const page = await client.ask('GET', `/admin/certificates/history?start=${events.length}&pageSize=10000`);
    const { Results: more } = page.json<{ Results: Event[] }>();
    events.push(...more);
    if (more.length < 10_000) break;
  }
  return { entries: Results.filter(({ Name }) => /^\d+-\d+$/.test(Name)), events };
}
