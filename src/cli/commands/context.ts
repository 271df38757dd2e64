import type { Command } from 'commander';
import { type Connection, connect } from '../connection.ts';
import type { ConnectionOptions } from '../connection-settings.ts';
import { printLine, type Terminal } from '../terminal.ts';

/** What every command has at hand. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** Set by a command that ends well but has something to say to scripts. */
  exitCode: number;
  /** The server that is talked to, for messages. */
  serverUrl: string;
}

export interface CommonOptions extends ConnectionOptions {
  readonly json?: boolean;
}

/** Adds the options that say which server and who we are, and `--json`; they come last in the help. */
export const withCommonOptions = (command: Command): Command =>
  command
    .option('--url <address>', 'the server, https://host:port (default: the embedded node that runs)')
    .option('--pfx <file>', 'your certificate and its key')
    .option('--cert <file>', 'your certificate as PEM, instead of --pfx')
    .option('--key <file>', 'its private key, when it isn’t in the same file')
    .option('--passphrase-file <file>', 'passphrase of your certificate’s file; - is standard input (default: asks)')
    .option('--ca <file>', 'authority that vouches for the server, as PEM (beside the system’s)')
    .option('--env <file>', 'environment file that names all of these, such as DATA_DIR/env')
    .option('--json', 'prints JSON on standard output, errors as JSON on standard error');

/** Opens the connection, does the work, closes it. */
export async function withConnection(
  context: CommandContext,
  options: CommonOptions,
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  const connection = await connect(options, context.terminal);
  context.serverUrl = connection.serverUrl;
  try {
    await work(connection);
  } finally {
    await connection.close();
  }
}

export const printJson = (terminal: Terminal, value: unknown): void =>
  printLine(terminal, JSON.stringify(value, null, 2));

/** Text for the end of a command's help. */
export const examples = (...lines: readonly string[]): string =>
  ['', 'Examples:', ...lines.map((line) => `  $ raven-certificates ${line}`)].join('\n');
