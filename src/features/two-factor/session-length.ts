import type { TwoFactorConfiguration } from '../../api/two-factor.ts';
import { minutesText } from '../../domain/duration-text.ts';
import { numberText } from '../../domain/time-text.ts';

/** What people ask for, in minutes: a glance, an errand, an afternoon, a day. */
const usual = [15, 60, 120, 480, 1440];

export interface SessionLength {
  readonly minutes: number;
  readonly label: string;
}

/** The lengths to choose from, shortest first: the usual ones that this server allows, its default and its longest. */
export function sessionLengths({
  defaultSessionDuration,
  maxSessionDuration,
}: TwoFactorConfiguration): SessionLength[] {
  const offered = new Set([...usual, defaultSessionDuration, maxSessionDuration]);
  return [...offered]
    .filter((minutes) => minutes >= 1 && minutes <= maxSessionDuration)
    .sort((a, b) => a - b)
    .map((minutes) => ({
      minutes,
      label:
        minutes === maxSessionDuration && maxSessionDuration !== defaultSessionDuration
          ? `${minutesText(minutes)}, the longest`
          : minutesText(minutes),
    }));
}

/** Why this length of one's own won't do; null when it will. @param text as typed @param max minutes */
export function lengthProblem(text: string, max: number): string | null {
  const minutes = Number(text);
  if (!/^\s*\d+\s*$/.test(text) || minutes < 1) return 'Enter a whole number of minutes, at least 1.';
  if (minutes > max) return `This server allows at most ${numberText(max)} minutes (${minutesText(max)}).`;
  return null;
}
