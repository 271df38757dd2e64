import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
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
/** Clocks differ: while the server still counts, it is asked again. Milliseconds. */
const askAgain = 3_000;

/**
 * What is left of the two-factor session, and the button that ends it. When it is over, by its time or by the button, the server is
 * asked who we are: the shell goes by that. @param end ms UTC
 */
export function SessionClock({ end }: { end: number }) {
  const api = useApi();
  const announce = useAnnounce();
  const toast = useToast();
  const left = useCountdown(end);
  const over = left === 0;
  useQuery({ ...whoAmIQuery(api), enabled: over, refetchInterval: over ? askAgain : false, staleTime: 0 });
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
        End<span className={css.word}> session</span>
      </Button>
    </div>
  );
}
