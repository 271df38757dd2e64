import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { type NodeOptions, type RunningNode, startNode } from '../server/start-node.ts';
import { runCommand } from './run-command.ts';
import type { Terminal } from './terminal.ts';

/** For specs: an embedded node in a folder of its own, and the commands run on it. */
export interface CommandHarness {
  readonly node: RunningNode;
  /** Removed at the end, with all that is in it. */
  readonly folder: string;
  /** What a shell that knows the node has in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs a command as the first admin, without a terminal. */
  readonly run: (argv: readonly string[], options?: RunOptions) => Promise<CommandResult>;
  readonly close: () => Promise<void>;
}

export interface RunOptions {
  /** What comes in on standard input. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CommandResult {
  readonly code: number;
  readonly output: string;
  readonly messages: string;
}

export async function startHarness(options: Partial<NodeOptions> = {}): Promise<CommandHarness> {
  const folder = await mkdtemp(join(tmpdir(), 'raven-certificates-'));
  const node = await startNode({
    dataDir: join(folder, 'node'),
    serverUrl: 'https://localhost:0',
    settings: {},
    licence: 'developer',
    asRavenDb: false,
    log: () => undefined,
    ...options,
  });
  const env = {
    RAVENDB_URL: node.url,
    RAVENDB_ADMIN_PEM: node.identity.pem,
    RAVENDB_ADMIN_PFX: node.identity.pfx,
    RAVENDB_CA: node.identity.ca,
    ...(node.client === undefined ? {} : { RAVENDB_CLIENT_PEM: node.client.pem, RAVENDB_CLIENT_PFX: node.client.pfx }),
  };
  return {
    node,
    folder,
    env,
    run: (argv, options = {}) => runPiped(argv, { ...options, env: options.env ?? env }),
    close: async () => {
      await node.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Collects what is written. */
class Sink extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString('utf8');
    this.emit('written');
    done();
  }
}

export async function runPiped(argv: readonly string[], { input = '', env = {} }: RunOptions): Promise<CommandResult> {
  const [stdin, output, messages] = [new PassThrough(), new Sink(), new Sink()];
  stdin.end(input);
  const code = await runCommand(argv, { input: stdin, output, messages, env });
  return { code, output: output.text, messages: messages.text };
}

export interface Person {
  /** Resolves when a command on this terminal has ended. */
  readonly result: Promise<CommandResult>;
  /** Waits until the screen shows the text, beyond what was waited for before; then returns everything shown so far. */
  readonly sees: (text: string | RegExp) => Promise<string>;
  /** Types and, unless it is a control character, presses Enter. */
  readonly types: (text: string) => void;
}

export const ctrlC = '\u0003';

/** A terminal of 100 columns with somebody at it. */
export function openTerminal(
  env: Readonly<Record<string, string>>,
): Omit<Person, 'result'> & { terminal: Terminal; shown: () => string } {
  const keyboard = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => keyboard });
  // One screen for both, as on a terminal.
  const screen = Object.assign(new Sink(), { isTTY: true, columns: 100 });
  let seen = 0;
  const find = (text: string | RegExp): boolean => {
    const rest = screen.text.slice(seen);
    const at = typeof text === 'string' ? rest.indexOf(text) : rest.search(text);
    if (at < 0) return false;
    seen += at + (typeof text === 'string' ? text.length : (text.exec(rest)?.[0].length ?? 0));
    return true;
  };
  return {
    terminal: { input: keyboard, output: screen, messages: screen, env },
    shown: () => screen.text,
    sees: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (!find(text)) return;
          screen.off('written', look);
          resolve(screen.text);
        };
        screen.on('written', look);
        look();
      }),
    types: (text) => keyboard.write(text === ctrlC ? text : `${text}\r`),
  };
}

/** Runs a command with somebody at the terminal. */
export function runOnTerminal(argv: readonly string[], env: Readonly<Record<string, string>>): Person {
  const { terminal, sees, types, shown } = openTerminal({ ...env, NO_COLOR: '1' });
  const result = runCommand(argv, terminal).then((code) => ({ code, output: shown(), messages: shown() }));
  return { result, sees, types };
}

export async function writeText(folder: string, name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content, { mode: 0o600 });
  return path;
}
