import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { zonedDate } from '../certificates/definition.ts';
import { limits } from '../limits.ts';
import type { OperationChange, Operations } from './operations.ts';

/** What RavenDB sends when there is nothing to say, and how often, in milliseconds. */
const heartbeat = '\r\n';
const heartbeatMs = 5_000;

/** RavenDB's notification of an operation's state. */
function operationChanged({ id, title, message, status, result, startedAt, endedAt, taskType }: OperationChange) {
  const failed = status === 'Faulted';
  const kind = failed
    ? 'Raven.Client.Documents.Operations.OperationExceptionResult'
    : 'Raven.Client.ServerWide.Operations.Certificates.ClientCertificateGenerationResult';
  return {
    Id: `OperationChanged/${String(id)}`,
    CreatedAt: zonedDate(endedAt ?? startedAt),
    Type: 'OperationChanged',
    Title: title,
    Message: message,
    Severity: failed ? 'Error' : status === 'Completed' ? 'Success' : 'None',
    IsPersistent: false,
    Database: null,
    OperationId: id,
    State: {
      $type: 'Raven.Client.Documents.Operations.OperationState, Raven.Client',
      Progress: null,
      Result:
        result === null
          ? null
          : { $type: `${kind}, Raven.Client`, Message: result, ...(failed ? { Error: result } : {}) },
      Status: status,
    },
    Killable: false,
    TaskType: taskType,
    StartTime: zonedDate(startedAt),
    EndTime: endedAt === null ? null : zonedDate(endedAt),
    DetailedDescription: null,
  };
}

/** A web socket that somebody watches the server by. */
export interface Watch {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  /** Sent when it opens. */
  readonly greeting: readonly object[];
  /** News of operations too. */
  readonly operations: boolean;
}

/** RavenDB's notification center, as far as it has something to say here: who watches hears of operations that ended. */
export class NotificationCenter {
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: limits.watchMessageBytes,
  });
  readonly #listening = new Set<WebSocket>();
  readonly #timer: NodeJS.Timeout;

  constructor(operations: Operations) {
    operations.on('change', (change) => {
      const text = JSON.stringify(operationChanged(change));
      for (const socket of this.#listening) tell(socket, text);
    });
    this.#timer = setInterval(() => {
      for (const socket of this.#server.clients) tell(socket, heartbeat);
    }, heartbeatMs).unref();
  }

  /** Whether one more may watch. */
  get full(): boolean {
    return this.#server.clients.size >= limits.watches;
  }

  /** Takes over a connection whose request was let in. */
  open({ request, socket, head, greeting, operations }: Watch): void {
    this.#server.handleUpgrade(request, socket, head, (opened) => {
      // What clients send (Studio's dashboard says which widgets it shows) asks for nothing that there is here.
      opened.on('error', () => opened.terminate());
      for (const message of greeting) tell(opened, JSON.stringify(message));
      if (!operations) return;
      this.#listening.add(opened);
      opened.once('close', () => this.#listening.delete(opened));
    });
  }

  close(): Promise<void> {
    clearInterval(this.#timer);
    for (const socket of this.#server.clients) socket.terminate();
    return Promise.resolve();
  }
}

/** One that doesn't take what it is sent is let go: it would fill the memory. */
function tell(socket: WebSocket, text: string): void {
  if (socket.bufferedAmount > limits.watchHeldBytes) socket.terminate();
  else if (socket.readyState === socket.OPEN) socket.send(text);
}
