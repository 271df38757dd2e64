import type { HistoryEvent } from '../../api/history.ts';
import { csvLine } from '../../domain/csv.ts';

/** RFC 4180, the latest first; dates are ISO 8601 in UTC. */
export const historyCsv = (events: readonly HistoryEvent[]): string =>
  csvLine(['At', 'Action', 'Name', 'Thumbprint', 'By', 'By thumbprint', 'Changes']) +
  events
    .map(({ at, action, name, thumbprint, by, byName, changes }) =>
      csvLine([new Date(at).toISOString(), action, name, thumbprint, byName ?? '', by ?? '', changes.join('; ')]),
    )
    .join('');
