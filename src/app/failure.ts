import { noAnswer, RavenError } from '../api/errors.ts';

/** No answer came: from the gateway, or through it from RavenDB. It passes by itself when the server is back. */
export const isServerAway = (error: unknown): boolean =>
  error instanceof RavenError && (error.type === noAnswer || error.status === 502 || error.status === 504);

/** The gateway doesn't know this browser (any more): a new link is needed. */
export const needsSignIn = (error: unknown): boolean =>
  error instanceof RavenError && (error.type === 'Gateway.SignInRequired' || error.type === 'Gateway.SessionEnded');

/** The certificate's second factor is owed (contract §5.4). */
export const needsSecondFactor = (error: unknown): boolean => error instanceof RavenError && error.status === 428;
