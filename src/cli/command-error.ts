import { type ExitCode, exitCodes } from './exit-codes.ts';

/** A command that can't go on: one sentence that says what happened, one that says what to do next, and the exit code. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly advice: string;
  readonly exitCode: ExitCode;
  /** For `--json`: what a script can go on with, such as the candidates of an ambiguous name. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    message: string,
    advice: string,
    exitCode: ExitCode = exitCodes.failed,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.advice = advice;
    this.exitCode = exitCode;
    this.details = details;
  }
}

export const usageError = (message: string, advice: string): CommandError =>
  new CommandError(message, advice, exitCodes.usage);
