import { noAnswer, RavenError } from '../api/errors.ts';
import { type Explanation, explainError } from '../domain/explain-error.ts';
import { needsSignIn } from './failure.ts';
import type { Host } from './host.ts';

/** What a person can do about an error in somebody else's page, where nobody started a console and no link is printed. */
export function explainInHost(error: unknown, { embedded }: Pick<Host, 'embedded'>): Explanation {
  const explanation = explainError(error);
  if (!embedded) return explanation;
  if (needsSignIn(error))
    return {
      ...explanation,
      title: 'You aren’t signed in any more',
      advice: 'Sign in again where you opened this console, then try again.',
    };
  if (error instanceof RavenError && error.type === noAnswer)
    return { ...explanation, title: 'No answer came', advice: 'Check your connection, then try again.' };
  return explanation;
}
