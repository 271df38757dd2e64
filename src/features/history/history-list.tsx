import type { HistoryEvent } from '../../api/history.ts';
import { dateTimeText } from '../../domain/time-text.ts';
import { Link } from '../../ui/link.tsx';
import { actionText, actorText } from './action-text.ts';
import css from './history.module.css';

/** Events, the latest first. @param named whether each says which certificate it concerns */
export function HistoryList({ events, named }: { events: readonly HistoryEvent[]; named: boolean }) {
  return (
    <ol className={css.events} aria-label="History">
      {events.map((event, index) => (
        <li key={`${String(event.at)} ${event.thumbprint} ${String(index)}`} className={css.event}>
          <time className={css.time} dateTime={new Date(event.at).toISOString()}>
            {dateTimeText(event.at)}
          </time>
          <div className={css.what}>
            <p>
              <b className={css.action}>{actionText(event)}</b>{' '}
              {named ? (
                <Link to={`/certificates/${event.thumbprint}`}>{event.name || event.thumbprint.slice(0, 10)}</Link>
              ) : null}{' '}
              <span className={css.by}>by {actorText(event)}</span>
            </p>
            {event.changes.length === 0 ? null : (
              <ul className={css.changes}>
                {event.changes.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
