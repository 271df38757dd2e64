import { countdownText } from '../../domain/duration-text.ts';
import { Button } from '../../ui/button.tsx';
import { useCountdown } from './use-countdown.ts';

/** The screen when the server lets us in already. @param sessionEnd ms UTC, null when the certificate needs no second factor */
export function NothingOwed({ sessionEnd, onGoOn }: { sessionEnd: number | null; onGoOn: () => void }) {
  const left = useCountdown(sessionEnd ?? 0);
  return (
    <>
      <p>
        {sessionEnd === null
          ? 'This console’s certificate needs no second factor.'
          : `Your second factor still holds, for ${countdownText(left)}.`}
      </p>
      <Button variant="primary" wide data-autofocus autoFocus onClick={onGoOn}>
        Go on
      </Button>
    </>
  );
}
