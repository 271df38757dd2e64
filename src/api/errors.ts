/**
 * The one error of this room. `status` is the HTTP status, 0 when no answer came; `type` the .NET type name, or the short names
 * RavenDB (`InvalidAuth`) and the gateway (`Gateway.…`) use; `message` the server's own words, without stack trace.
 */
export class RavenError extends Error {
  override readonly name = 'RavenError';
  readonly status: number;
  readonly type: string;
  /** Path and query of the request, never a body. */
  readonly path: string;
  /** Milliseconds after which the server wants to be asked again; null when it doesn't say. */
  readonly retryAfter: number | null;

  constructor(error: {
    status: number;
    type: string;
    message: string;
    path: string;
    retryAfter?: number | null;
    cause?: unknown;
  }) {
    super(error.message, error.cause === undefined ? undefined : { cause: error.cause });
    this.status = error.status;
    this.type = error.type;
    this.path = error.path;
    this.retryAfter = error.retryAfter ?? null;
  }
}

/** `type` of an answer that never came: server gone, no network, connection cut. */
export const noAnswer = 'NoAnswer';
/** `type` of an answer that isn't what the contract says. */
export const unexpectedAnswer = 'UnexpectedAnswer';
/** `type` of what was saved with a second factor that the server doesn't show afterwards. */
export const secondFactorUnproven = 'SecondFactorUnproven';

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** The first line of a .NET `ToString()` without the type in front of it. */
const firstLine = (error: string): string =>
  (error.split(/\r?\n/, 1)[0] ?? '').replace(/^[\w.+`]+(?:Exception|Error): /, '');

/**
 * The cause RavenDB hides in the field `Error` of a wrapped failure ("failed to put certificate …" says nothing; the line behind
 * ` ---> ` does).
 */
function innermostMessage(error: string): string | null {
  const inner = error.split(' ---> ').at(-1);
  return inner === undefined || inner === error ? null : firstLine(inner);
}

/** `Retry-After` in seconds, the form that RavenDB and this project's servers use. */
function retryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after');
  return value !== null && /^\d+$/.test(value) ? Number(value) * 1000 : null;
}

/** Reads the four shapes of RavenDB's errors (contract §2) and the gateway's own; never throws. */
export async function readError(response: Response, path: string): Promise<RavenError> {
  const text = await response.text().catch(() => '');
  let body: Readonly<Record<string, unknown>> = {};
  try {
    body = asRecord(JSON.parse(text));
  } catch {
    // An empty body or a proxy's page: the status has to do.
  }
  const type = typeof body.Type === 'string' ? body.Type : `Http${String(response.status)}`;
  const error = typeof body.Error === 'string' ? body.Error : null;
  const outer = typeof body.Message === 'string' ? body.Message : null;
  const inner = error === null ? null : innermostMessage(error);
  const message = [outer ?? (error === null ? null : firstLine(error)), inner]
    .filter((part, i, all): part is string => part !== null && part !== '' && all.indexOf(part) === i)
    .join(' ');
  return new RavenError({
    status: response.status,
    type,
    message: message || `The server answered ${String(response.status)}.`,
    path,
    retryAfter: retryAfter(response.headers),
  });
}
