import type { RavenError } from '../../api/errors.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import type { BulkEnd, BulkOrder, BulkResult, BulkRun } from '../../queries/bulk.ts';

/** How often a run is drawn anew, milliseconds: hundreds of results a second needn't be hundreds of drawings. */
const frame = 80;

export interface BulkItem {
  readonly entry: CertificateEntry;
  /** Undefined while it waits. */
  readonly result: BulkResult | 'running' | undefined;
}

export interface BulkRunState {
  readonly order: BulkOrder;
  readonly items: readonly BulkItem[];
  readonly phase: 'running' | 'stopping' | 'ended';
  /** Why it stopped by itself. */
  readonly interrupted: RavenError | null;
}

type Result = BulkItem['result'];
const isOpen = (result: Result): boolean => result === undefined || result === 'running';
const isFailed = (result: Result): boolean =>
  typeof result === 'object' && (result.kind === 'failed' || result.kind === 'refused');

/** One bulk action with all its tries. */
export class BulkRunner {
  readonly #order: BulkOrder;
  readonly #entries: readonly CertificateEntry[];
  readonly #results = new Map<string, BulkResult | 'running'>();
  readonly #send: (run: BulkRun) => Promise<BulkEnd>;
  readonly #draw: (state: BulkRunState) => void;
  #phase: BulkRunState['phase'] = 'ended';
  #interrupted: RavenError | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param send does a run over the API @param draw shows how it stands */
  constructor(
    entries: readonly CertificateEntry[],
    order: BulkOrder,
    send: (run: BulkRun) => Promise<BulkEnd>,
    draw: (state: BulkRunState) => void,
  ) {
    this.#entries = entries;
    this.#order = order;
    this.#send = send;
    this.#draw = draw;
  }

  /** Does what is left: all at first, the rest after a stop. */
  readonly goOn = (): Promise<void> => this.#work(isOpen);
  /** Tries again what failed. */
  readonly retry = (): Promise<void> => this.#work(isFailed);
  /** What was begun ends, nothing else begins. */
  readonly stop = (): void => {
    if (this.#phase !== 'running') return;
    this.#phase = 'stopping';
    this.#show();
  };

  /** Thumbprints of what isn't done. */
  undone(): string[] {
    const left = this.#entries.filter(({ thumbprint }) => {
      const result = this.#results.get(thumbprint);
      return isOpen(result) || isFailed(result);
    });
    return left.map(({ thumbprint }) => thumbprint);
  }

  async #work(which: (result: Result) => boolean): Promise<void> {
    if (this.#phase !== 'ended') return;
    const entries = this.#entries.filter(({ thumbprint }) => which(this.#results.get(thumbprint)));
    for (const { thumbprint } of entries) this.#results.delete(thumbprint);
    this.#phase = 'running';
    this.#interrupted = null;
    this.#show();
    try {
      const { interrupted } = await this.#send({
        ...this.#order,
        entries,
        goesOn: () => this.#phase === 'running',
        onBegin: (thumbprint) => this.#settle(thumbprint, 'running'),
        onResult: (thumbprint, result) => this.#settle(thumbprint, result),
      });
      this.#interrupted = interrupted;
    } finally {
      this.#phase = 'ended';
      this.#show();
    }
  }

  #settle(thumbprint: string, result: BulkResult | 'running' | null): void {
    if (result === null) this.#results.delete(thumbprint);
    else this.#results.set(thumbprint, result);
    this.#timer ??= setTimeout(() => this.#show(), frame);
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#draw({
      order: this.#order,
      items: this.#entries.map((entry) => ({ entry, result: this.#results.get(entry.thumbprint) })),
      phase: this.#phase,
      interrupted: this.#interrupted,
    });
  }
}
