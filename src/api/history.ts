import { type RavenApi, requestJson } from './client.ts';
import { array, date, object, string, stringOr, strings } from './json.ts';

/** One thing that was done to a certificate, as the server recorded it. */
export interface HistoryEvent {
  /** Milliseconds UTC. */
  readonly at: number;
  /** Such as `Generate`, `Edit`, `Delete`; a server may name others. */
  readonly action: string;
  readonly thumbprint: string;
  readonly name: string;
  /** Thumbprint of who did it; null for the server itself. */
  readonly by: string | null;
  readonly byName: string | null;
  /** What changed, in words. */
  readonly changes: readonly string[];
}

const parseEvent = (value: unknown): HistoryEvent => {
  const wire = object(value);
  return {
    at: date(wire.At) ?? Number.NaN,
    action: string(wire.Action),
    thumbprint: string(wire.Thumbprint),
    name: stringOr(wire.Name, ''),
    by: stringOr(wire.By, null),
    byName: stringOr(wire.ByName, null),
    changes: strings(wire.Changes),
  };
};

export interface HistoryPage {
  /** Of this certificate only; left out: of all. */
  readonly thumbprint?: string | undefined;
  /** Events to skip, the latest first. */
  readonly start?: number;
  /** Events to return at most. */
  readonly pageSize?: number;
}

/** `GET /admin/certificates/history`, the latest first: a route of the embedded node. RavenDB keeps its audit in log files of each node. */
export const getHistory = (api: RavenApi, page: HistoryPage = {}, signal?: AbortSignal): Promise<HistoryEvent[]> =>
  requestJson(api, { path: '/admin/certificates/history', query: { ...page }, signal }, (body) =>
    array(object(body).Results).map(parseEvent),
  );
