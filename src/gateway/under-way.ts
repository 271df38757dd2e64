import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerError } from './answer.ts';

/** How long an end waits for requests that change something (RavenDB may take a minute over a cluster), and for reads. Milliseconds. */
const patience = { changes: 60_000, reads: 2_000 };

/** The requests that are being answered. */
export interface UnderWay {
  /** Answers one. Whatever goes wrong in `work` becomes an answer: no request ends the process. */
  readonly answer: (req: IncomingMessage, res: ServerResponse, work: () => void | Promise<void>) => void;
  /**
   * From now on new requests are refused. Resolves when those under way have been answered: RavenDB may have registered a certificate
   * whose key is in the answer and nowhere else.
   */
  readonly drain: () => Promise<void>;
}

async function within(work: Iterable<Promise<void>>, time: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, time)));
  await Promise.race([Promise.all(work), late]);
  clearTimeout(timer);
}

function answerFault(res: ServerResponse): void {
  try {
    if (!res.writableEnded) answerError(res, 500, 'Gateway.Fault', 'The gateway ran into a fault of its own.');
  } catch {
    res.destroy();
  }
}

export function createUnderWay(): UnderWay {
  const changes = new Set<Promise<void>>();
  const reads = new Set<Promise<void>>();
  let draining = false;
  const run = async (res: ServerResponse, work: () => void | Promise<void>): Promise<void> => {
    try {
      if (draining) answerError(res, 503, 'Gateway.Stopping', 'The console is ending.');
      else await work();
    } catch {
      answerFault(res);
    }
  };
  return {
    answer: (req, res, work) => {
      const group = req.method === 'GET' || req.method === 'HEAD' ? reads : changes;
      const one = run(res, work);
      group.add(one);
      void one.then(() => group.delete(one));
    },
    drain: async () => {
      draining = true;
      await Promise.all([within(changes, patience.changes), within(reads, patience.reads)]);
    },
  };
}
