import { noAnswer, RavenError, readError, unexpectedAnswer } from './errors.ts';

/** How to reach RavenDB: everything in this room takes it as first argument. */
export interface RavenApi {
  /** What stands before RavenDB's paths, without a slash at the end: `/raven` behind the gateway, `https://host:port` in Node. */
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  /** Called when an answer says that the session with the gateway is gone. */
  readonly onSignInRequired?: () => void;
}

export type QueryValue = string | number | boolean | undefined;

interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly json?: unknown;
  readonly signal?: AbortSignal | undefined;
}

const withQuery = (path: string, query: Readonly<Record<string, QueryValue>> = {}): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
};

/**
 * One call to RavenDB.
 * @throws RavenError for every answer but 2xx and when no answer came; an aborted call throws the signal's reason.
 */
export async function request(
  api: RavenApi,
  { method = 'GET', path, query, json, signal }: Request,
): Promise<Response> {
  const target = withQuery(path, query);
  let response: Response;
  try {
    response = await api.fetch(api.baseUrl + target, {
      method,
      // Without this header RavenDB leaves out `HasTwoFactor` (contract §1.3).
      headers: {
        'Raven-Studio-Version': '7.2.0',
        Accept: 'application/json',
        ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      credentials: 'same-origin',
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new RavenError({
      status: 0,
      type: noAnswer,
      message: 'No answer came from the server.',
      path: target,
      cause,
    });
  }
  if (response.ok) return response;
  const error = await readError(response, target);
  if (error.type === 'Gateway.SignInRequired') api.onSignInRequired?.();
  throw error;
}

/**
 * A call whose answer is JSON, read by `parse`. RavenDB gives some empty answers a JSON content type, so the body decides: `parse`
 * gets `undefined` for an empty one, and the headers beside it.
 */
export async function requestJson<T>(
  api: RavenApi,
  call: Request,
  parse: (body: unknown, headers: Headers) => T,
): Promise<T> {
  const response = await request(api, call);
  const text = await response.text();
  try {
    return parse(text === '' ? undefined : JSON.parse(text), response.headers);
  } catch (cause) {
    if (cause instanceof RavenError) throw cause;
    throw new RavenError({
      status: response.status,
      type: unexpectedAnswer,
      message: `The answer to ${call.path} wasn't understood.`,
      path: call.path,
      cause,
    });
  }
}
