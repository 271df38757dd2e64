import { useEffect, useMemo, useRef } from 'react';
import { explainError } from '../../domain/explain-error.ts';
import { numberText } from '../../domain/time-text.ts';
import { selectionState } from '../../queries/selection.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { useNavigation } from '../../ui/navigation.ts';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { BulkList } from './bulk-list.tsx';
import { bulkTitle, doneText } from './bulk-request.ts';
import css from './bulk.module.css';
import type { BulkItem, BulkRunner, BulkRunState } from './bulk-runner.ts';

/** How a run goes: each certificate's result, stop and go on, try again. */
export function BulkProgress({ runner, state }: { runner: BulkRunner; state: BulkRunState }) {
  const announce = useAnnounce();
  const { recall } = useNavigation();
  const { items, phase, interrupted, order } = state;
  const { action } = order;
  const sorted = useMemo(() => sortResults(items), [items]);
  const { done, already, failed, open } = sorted;
  const ended = phase === 'ended';
  const finished = items.length - open.length;
  const detail = `${numberText(finished)} of ${numberText(items.length)}`;
  const summary = doneText(action, done.length);
  const told = !ended
    ? ''
    : [
        summary,
        failed.length > 0 ? `${numberText(failed.length)} not` : '',
        open.length > 0 ? `${numberText(open.length)} left` : '',
      ]
        .filter(Boolean)
        .join(', ');
  useEffect(() => {
    if (told !== '') announce(told);
  }, [told, announce]);
  const foot = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that had the focus went with what it did.
    foot.current?.querySelector<HTMLElement>(':scope > :last-child')?.focus({ preventScroll: true });
  }, [ended]);
  const explained = interrupted === null ? undefined : explainError(interrupted);
  const reverse = action.kind === 'disable' ? 'enable' : action.kind === 'enable' ? 'disable' : undefined;
  const good = ended && failed.length === 0 && open.length === 0;

  return (
    <>
      {good ? (
        <Notice tone="success" title={summary}>
          {already.length > 0 ? `${numberText(already.length)} were so already.` : null}
        </Notice>
      ) : (
        <Card className={css.card}>
          <Progress
            label={phase === 'running' ? 'Working' : phase === 'stopping' ? 'Stopping' : 'Stopped'}
            value={finished}
            max={items.length}
            detail={detail}
          />
        </Card>
      )}
      {ended && open.length > 0 ? (
        <Notice
          tone={explained === undefined ? 'warn' : 'error'}
          title={explained?.title ?? `Stopped, with ${numberText(open.length)} left`}
          actions={
            <Button variant="primary" onClick={() => void runner.goOn()}>
              Go on with {numberText(open.length)}
            </Button>
          }
        >
          {explained === undefined
            ? `${summary}. The others are as they were.`
            : `${explained.detail} ${explained.advice}`}
        </Notice>
      ) : null}
      {failed.length > 0 ? (
        <Card className={css.card}>
          <section className={css.group}>
            <div className={css.line}>
              <h2>{numberText(failed.length)} could not be changed</h2>
              {ended ? (
                <Button size="small" icon="refresh" onClick={() => void runner.retry()}>
                  Try {failed.length === 1 ? 'it' : 'them'} again
                </Button>
              ) : null}
            </div>
            <BulkList label="Could not be changed" items={failed.map((item) => ({ ...item, ...show(item) }))} />
          </section>
        </Card>
      ) : null}
      <Card className={css.card}>
        <section className={css.group}>
          <h2>{ended ? 'Results' : 'So far'}</h2>
          <BulkList
            label="Results"
            items={[...items.filter(isRunning), ...done, ...already, ...open.filter((item) => !isRunning(item))].map(
              (item) => ({ ...item, ...show(item) }),
            )}
          />
        </section>
      </Card>
      <div ref={foot} className={css.foot}>
        {ended ? (
          <>
            {reverse !== undefined && done.length > 0 ? (
              <LinkButton to={`/bulk?do=${reverse}`} state={selectionState(done.map(({ entry }) => entry.thumbprint))}>
                {bulkTitle(reverse, done.length)} again
              </LinkButton>
            ) : null}
            <LinkButton to={recall('/')} variant={good ? 'primary' : 'plain'}>
              Back to the list
            </LinkButton>
          </>
        ) : (
          <Button onClick={runner.stop} pending={phase === 'stopping'}>
            Stop
          </Button>
        )}
      </div>
    </>
  );
}

const isRunning = ({ result }: BulkItem): boolean => result === 'running';

function sortResults(items: readonly BulkItem[]) {
  const sorted = {
    done: [] as BulkItem[],
    already: [] as BulkItem[],
    failed: [] as BulkItem[],
    open: [] as BulkItem[],
  };
  for (const item of items) {
    const { result } = item;
    if (result === undefined || result === 'running') sorted.open.push(item);
    else if (result.kind === 'done') sorted.done.push(item);
    else if (result.kind === 'already') sorted.already.push(item);
    else sorted.failed.push(item);
  }
  return sorted;
}

/** One result as a mark and a text; the mark never says it alone. */
function show({ result }: BulkItem) {
  if (result === undefined) return { mark: <Mark tone="open" />, text: 'Waiting' };
  if (result === 'running') return { mark: <Spinner />, text: 'Under way' };
  switch (result.kind) {
    case 'done':
      return { mark: <Mark tone="good" />, text: 'Done' };
    case 'already':
      return { mark: <Mark tone="good" />, text: 'Was so already' };
    case 'refused':
      return { mark: <Mark tone="bad" />, text: result.reason };
    case 'failed': {
      const { title, detail, advice } = explainError(result.error);
      return { mark: <Mark tone="bad" />, text: `${title}. ${detail} ${advice}` };
    }
  }
}

function Mark({ tone }: { tone: 'good' | 'bad' | 'open' }) {
  return (
    <span className={css[tone]}>
      <Icon name={tone === 'good' ? 'success' : tone === 'bad' ? 'error' : 'clock'} size={14} />
    </span>
  );
}
