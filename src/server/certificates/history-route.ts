import type { Exchange } from '../http/exchange.ts';
import { jsonPieces, type Reply } from '../http/reply.ts';
import { zonedDate } from './definition.ts';
import type { HistoryEvent } from '../history/history.ts';

const largestPage = 10_000;

/** `GET /admin/certificates/history`: what was done, the latest first; a route of this node, which RavenDB doesn't have. */
export function readHistory({ node, query }: Exchange): Reply {
  const thumbprint = query.string('thumbprint');
  const start = Math.max(query.integer('start') ?? 0, 0);
  const limit = Math.min(Math.max(query.integer('pageSize') ?? 100, 0), largestPage);
  return jsonPieces(pieces(node.history.read({ thumbprint, start, limit })));
}

function* pieces(events: Iterable<HistoryEvent>): Generator<string> {
  yield '{"Results":[';
  let separator = '';
  for (const { at, action, thumbprint, name, by, byName, changes } of events) {
    const event = {
      At: zonedDate(at),
      Action: action,
      Thumbprint: thumbprint,
      Name: name,
      By: by,
      ByName: byName,
      Changes: changes,
    };
    yield separator + JSON.stringify(event);
    separator = ',';
  }
  yield ']}';
}
