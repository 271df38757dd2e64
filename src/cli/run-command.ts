import { Command, CommanderError } from 'commander';
import type { CommandContext } from './commands/context.ts';
import { addCommands } from './commands/index.ts';
import { exitCodes, exitCodesHelp } from './exit-codes.ts';
import { explainFailure, type Failure } from './explain.ts';
import { dropReservations } from './output-file.ts';
import { paintFor, printMessage, processTerminal, type Terminal } from './terminal.ts';

function createProgram(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command('raven-certificates')
    .description('RavenDB’s client certificates from a shell, on the embedded node and on any RavenDB.')
    .exitOverride()
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .showHelpAfterError('Run it with --help to see what it takes.')
    .configureOutput({
      writeOut: (text) => terminal.output.write(text),
      writeErr: (text) => terminal.messages.write(text),
      getOutHelpWidth: () => terminal.output.columns ?? 100,
      getErrHelpWidth: () => terminal.messages.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText(
      'after',
      `\n“raven-certificates start” opens the console in a browser, as “npm start” does.\n\n${exitCodesHelp}`,
    );
  addCommands(program, context);
  return program;
}

function report(terminal: Terminal, { message, advice, exitCode, details }: Failure, json: boolean): void {
  if (json) printMessage(terminal, JSON.stringify({ error: { message, advice, exitCode, ...details } }));
  else printMessage(terminal, `${paintFor(terminal, 'messages')('red', message)}\n${advice}`);
}

/** Ctrl-C while a command works leaves no half file behind. @returns stops listening */
function endOnSignal(): () => void {
  const end = () => {
    dropReservations();
    process.exit(exitCodes.interrupted);
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  return () => process.off('SIGINT', end).off('SIGTERM', end);
}

/**
 * Runs one command: `argv` without program and script, such as `['list', '--json']`.
 * @returns the exit code; nothing is thrown
 */
export async function runCommand(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const context: CommandContext = { terminal, now: Date.now, exitCode: exitCodes.done, serverUrl: '' };
  const stop = terminal.input === process.stdin ? endOnSignal() : () => undefined;
  try {
    await createProgram(context).parseAsync(argv, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    // Commander has said what is wrong; its own code for that is 1.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const failure = explainFailure(error, context.serverUrl);
    report(terminal, failure, argv.includes('--json'));
    return failure.exitCode;
  } finally {
    stop();
  }
}
