import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { countdownText } from '../../domain/duration-text.ts';
import { explainError } from '../../domain/explain-error.ts';
import { dateTimeText } from '../../domain/time-text.ts';
import { useApi } from '../../queries/api-context.ts';
import { whoAmIQuery } from '../../queries/certificates.ts';
import { endTwoFactorSessionMutation } from '../../queries/two-factor.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import css from './session-clock.module.css';
import { useCountdown } from './use-countdown.ts';

/** Minutes before the end at which it is said aloud. */
const warnings = [5, 1];
/** The server's time is known to a second or two. Milliseconds. */
const grace = 2_000;

/**
 * What is left of the two-factor session, and the button that ends it.
 * @param end ms UTC by the server's clock, which is `clockAhead` ms ahead of ours
 * @param onOver it has run out, and no other has begun; not called when the server says so first
 */
export function SessionClock({ end, clockAhead, onOver }: { end: number; clockAhead: number; onOver: () => void }) {
  const api = useApi();
  const client = useQueryClient();
  const announce = useAnnounce();
  const toast = useToast();
  const left = useCountdown(end - clockAhead);
  const over = left === 0;
  const ask = useEffectEvent(async () => {
    const who = await client.query({ ...whoAmIQuery(api), staleTime: 0 }).catch(() => null);
    // RavenDB goes on naming a session that is over until somebody connects anew.
    if (who?.twoFactorSessionEnd != null && who.twoFactorSessionEnd <= end) onOver();
  });
  useEffect(() => {
    if (!over) return undefined;
    const timer = setTimeout(() => void ask(), grace);
    return () => clearTimeout(timer);
  }, [over]);
  const warning = warnings.find((minutes) => Math.ceil(left / 60_000) === minutes);
  useEffect(() => {
    if (warning !== undefined) announce(`Your session ends in ${warning === 1 ? 'a minute' : `${warning} minutes`}.`);
  }, [warning, announce]);
  const stop = useMutation({
    ...endTwoFactorSessionMutation(api),
    onError: (error) => {
      const { title, advice } = explainError(error);
      toast({ tone: 'error', text: `The session wasn’t ended. ${title}. ${advice}` });
    },
  });
  return (
    <div className={css.clock} role="group" aria-label="Two-factor session">
      <Tooltip text={`Your second factor holds until ${dateTimeText(end)}`} className={css.left}>
        <Icon name="clock" />
        <span>
          {over ? 'ending' : countdownText(left)} <span className={css.word}>{over ? '…' : 'left'}</span>
        </span>
      </Tooltip>
      <Button
        size="small"
        aria-label="End session"
        tooltip="The next request needs a code again, from every client of this certificate"
        pending={stop.isPending}
        onClick={() => stop.mutate()}
      >
        <span>
          End<span className={css.word}> session</span>
        </span>
      </Button>
    </div>
  );
}
