import { useEffect, useState } from 'react';
import { untilNextCountdown } from '../../domain/duration-text.ts';

/**
 * Milliseconds until `end` (ms UTC), 0 from then on. The component that asks renders again when what `countdownText` says changes: each
 * minute, in the last two each second.
 */
export function useCountdown(end: number): number {
  const [now, setNow] = useState(() => Date.now());
  const left = Math.max(0, end - now);
  useEffect(() => {
    if (left === 0) return undefined;
    const tick = () => setNow(Date.now());
    // A timer may come a little early, and a laptop's sleep stops it.
    const timer = setTimeout(tick, untilNextCountdown(left) + 5);
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }, [left]);
  return left;
}
