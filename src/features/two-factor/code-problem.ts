import { RavenError } from '../../api/errors.ts';
import { spanText } from '../../domain/duration-text.ts';
import { errorTexts } from '../../domain/error-texts.ts';

/** What went wrong with a code: under the field when it is about the code, as a notice otherwise. */
export type CodeProblem =
  | { readonly about: 'code'; readonly text: string }
  | { readonly about: 'rest'; readonly title: string; readonly next: string };

/** @param wrongBefore how many codes were wrong before this one, on this page */
export function codeProblem(error: unknown, wrongBefore: number): CodeProblem {
  if (error instanceof RavenError && error.status === 406)
    return {
      about: 'code',
      text:
        wrongBefore === 0
          ? 'That code wasn’t accepted. Enter the one that the app shows now.'
          : 'That code wasn’t accepted either. Wait for the next one, and check that it is this certificate’s.',
    };
  if (error instanceof RavenError && error.status === 429)
    return {
      about: 'code',
      text: `Too many codes were tried for this certificate. ${
        error.retryAfter === null
          ? 'Wait a few minutes before the next one.'
          : `The next one is looked at in ${spanText(error.retryAfter)}.`
      } If somebody else tries them, an admin who edits and saves the certificate ends the wait.`,
    };
  return { about: 'rest', ...errorTexts(error) };
}

/** From here on clocks that differ are worth a word: RavenDB takes codes up to a minute early or late. */
const notable = 20_000;

/** What the clocks have to do with it. @param clockAhead milliseconds, server before this computer; null when unknown */
export function clockHint(clockAhead: number | null): string {
  if (clockAhead === null || Math.abs(clockAhead) < notable)
    return 'Codes depend on the time: set the phone’s clock to automatic.';
  const by = spanText(Math.abs(clockAhead));
  return `Codes depend on the time, and the server’s clock is ${by} ${clockAhead > 0 ? 'ahead of' : 'behind'} this computer’s. Set the phone’s clock to automatic; if right codes still fail, the server’s clock is wrong.`;
}
