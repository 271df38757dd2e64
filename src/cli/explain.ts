import { noAnswer, RavenError } from '../api/errors.ts';
import { explainError } from '../domain/explain-error.ts';
import { ServerNotTrustedError } from '../gateway/server-trust.ts';
import { CertificateFileError } from '../pki/certificate-file-error.ts';
import { CommandError } from './command-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { printable } from './printable.ts';

export interface Failure {
  /** What happened, in one sentence. */
  readonly message: string;
  /** What to do next. */
  readonly advice: string;
  readonly exitCode: ExitCode;
  readonly details: Readonly<Record<string, unknown>>;
}

const failure = (
  message: string,
  advice: string,
  exitCode: ExitCode,
  details: Readonly<Record<string, unknown>> = {},
): Failure => ({ message: printable(message), advice: printable(advice), exitCode, details });

const reasonsByCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its name is unknown',
  EAI_AGAIN: 'its name can’t be looked up right now',
  EHOSTUNREACH: 'there is no way to that machine',
  ENETUNREACH: 'there is no way to that network',
  ETIMEDOUT: 'it didn’t answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it didn’t answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it didn’t answer in time',
  ECONNRESET: 'it cut the connection',
  UND_ERR_SOCKET: 'it cut the connection',
};

/** After these the request may have arrived all the same. */
const sent = new Set(['ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer came';
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return reasonsByCode[codeOf(error)] ?? error.message;
}

/** Node's codes for what is wrong with a server's certificate, in words, and what helps. */
const byAuthority = 'Name the authority that issued it with --ca FILE, after making sure that it is the right server.';
const mistrust: Readonly<Record<string, readonly [string, string]>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: ['nobody but itself vouches for it', byAuthority],
  SELF_SIGNED_CERT_IN_CHAIN: ['its authority isn’t among the known ones', byAuthority],
  UNABLE_TO_GET_ISSUER_CERT: ['its authority isn’t among the known ones', byAuthority],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['its authority isn’t among the known ones', byAuthority],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['its authority isn’t among the known ones', byAuthority],
  CERT_HAS_EXPIRED: ['it has expired', 'Have it renewed, and check the clock of this machine.'],
  CERT_NOT_YET_VALID: ['it isn’t valid yet', 'Check the clocks of both machines.'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['it is for another name', 'Use the address that stands in it.'],
};

function noConnection(error: RavenError, serverUrl: string): Failure {
  const { cause } = error;
  if (cause instanceof ServerNotTrustedError) {
    const [reason, advice] = mistrust[cause.message] ?? [cause.message, byAuthority];
    return failure(
      `The certificate that ${serverUrl} shows isn't trusted: ${reason}.`,
      `Nothing was sent. ${advice}`,
      exitCodes.noConnection,
    );
  }
  return failure(
    `${serverUrl} can't be reached: ${reasonOf(cause)}.`,
    sent.has(codeOf(cause))
      ? 'If this was to change something, look with “raven-certificates list” whether it did.'
      : 'Check the address, and that the server runs.',
    exitCodes.noConnection,
  );
}

function ravenFailure(error: RavenError, serverUrl: string): Failure {
  if (error.type === noAnswer) return noConnection(error, serverUrl);
  const { title, detail, advice } = explainError(error);
  const message = detail === '' ? `${title}.` : `${title}: ${detail}`;
  const details = { status: error.status, type: error.type };
  if (error.status === 428)
    return failure(message, 'Run “raven-certificates two-factor login” first.', exitCodes.refused, details);
  if (error.status === 403)
    return failure(message, 'Use another certificate, or ask a cluster admin.', exitCodes.refused, details);
  return failure(message, advice, exitCodes.failed, details);
}

/**
 * Turns whatever a command threw into what a person reads.
 * @param serverUrl the server that was talked to, for the message
 */
export function explainFailure(error: unknown, serverUrl: string): Failure {
  if (error instanceof CommandError) return failure(error.message, error.advice, error.exitCode, error.details);
  if (error instanceof CertificateFileError) return failure(error.message, 'Choose another file.', exitCodes.failed);
  if (error instanceof RavenError) return ravenFailure(error, serverUrl);
  const detail = error instanceof Error ? error.message : String(error);
  return failure(
    `This program ran into a fault of its own: ${detail}`,
    'Try again. If it happens again, please report it.',
    exitCodes.failed,
  );
}
