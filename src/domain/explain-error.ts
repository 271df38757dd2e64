import { noAnswer, RavenError, secondFactorUnproven, unexpectedAnswer } from '../api/errors.ts';
import { lackOf } from './capabilities.ts';

/** A sentence for people: what happened, and what to do next. */
export interface Explanation {
  readonly title: string;
  /** The server's own words where they help; else empty. */
  readonly detail: string;
  /** What to do next. */
  readonly advice: string;
  /** Whether trying the same again can help. */
  readonly retry: boolean;
}

const explain = (title: string, detail: string, advice: string, retry = false): Explanation => ({
  title,
  detail,
  advice,
  retry,
});

const noLeader = (message: string): Explanation =>
  explain(
    'The cluster has no leader, so that it takes no changes',
    message,
    'Bring a majority of its nodes back. Then look whether this change was made before you try again.',
    true,
  );

function explainRaven({ status, type, message, path }: RavenError): Explanation {
  switch (type) {
    case noAnswer:
      return explain(
        'The console’s gateway doesn’t answer',
        '',
        'Check that “npm start” still runs, then try again.',
        true,
      );
    case unexpectedAnswer:
      return explain(
        'The server’s answer wasn’t understood',
        message,
        'Check that the address is a RavenDB server’s, version 5.4 or later.',
      );
    case secondFactorUnproven:
      return explain(
        'The second factor isn’t confirmed',
        message,
        'Look at it in the list, and delete it unless it may do without one.',
      );
    case 'Raven.Client.Exceptions.Routing.RouteNotFoundException':
      return explain(
        'This version of RavenDB doesn’t have that',
        lackOf(path) ?? message,
        'Do without it here, or bring the server to a newer version.',
      );
    case 'Gateway.SignInRequired':
      return explain(
        'This browser isn’t signed in',
        '',
        'Press Enter where the console runs, and open the link that it prints.',
      );
    case 'Gateway.SessionEnded':
      return explain(
        'You were signed out',
        '',
        `${message} Press Enter where the console runs, and open the link that it prints.`,
      );
    case 'Gateway.ServerUnreachable':
      return explain(
        'RavenDB can’t be reached',
        message,
        'The console goes on by itself when the server is back.',
        true,
      );
    case 'Gateway.ServerNotTrusted':
      return explain(
        'The server’s certificate isn’t trusted',
        message,
        'Start the console again to check its fingerprint, or name its CA with --ca.',
      );
    case 'Gateway.NodesLeft':
      return explain(
        'Not every node did it',
        message,
        'Bring those nodes back and do it again. Until then they may still change over, and nothing is deleted.',
        true,
      );
    case 'Gateway.LeaderNeedsSecondFactor':
      return explain(
        'The leader of the cluster asks for the second factor',
        message,
        'End the session and enter a new code: that opens it on every node. Then try again.',
      );
    case 'Raven.Client.Exceptions.Cluster.NoLeaderException':
      return noLeader(message);
    case 'Raven.Client.Exceptions.Commercial.LicenseLimitException':
      return explain(
        'The server’s licence doesn’t include this',
        message,
        'Choose another setting, or ask whoever looks after the licence.',
      );
  }
  if (type.startsWith('Gateway.'))
    return explain(
      'The gateway refused this request',
      message,
      'Reload the page. If it happens again, start the console anew.',
    );
  if (status === 428)
    return explain('A second factor is needed first', '', 'Enter the code of your authenticator app, then go on.');
  if (status === 403)
    return explain(
      'This certificate may not do that',
      message,
      'Ask a cluster admin, or start the console with another certificate.',
    );
  if (status === 503)
    return explain(
      'RavenDB can’t store anything right now',
      message,
      'Check the server’s disk and state, then try again.',
      true,
    );
  if ((status === 408 || status === 504) && message.includes('there is no leader')) return noLeader(message);
  if (status === 408 || status === 504)
    return explain('RavenDB took too long', message, 'Try again in a moment.', true);
  if (status === 409)
    return explain(
      'Somebody else changed this at the same time',
      message,
      'Reload it, look at what changed, and try again.',
      true,
    );
  return explain('RavenDB refused this', message, 'Correct what it names, then try again.');
}

/** The one place that turns an error into what a person reads. Anything but a RavenError is a fault of this program. */
export function explainError(error: unknown): Explanation {
  if (error instanceof RavenError) return explainRaven(error);
  const detail = error instanceof Error ? error.message : '';
  return explain(
    'The console ran into a fault of its own',
    detail,
    'Reload the page. If it happens again, please report it.',
    true,
  );
}
