import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createUpstream } from '../../gateway/upstream.ts';
import { startRavenConsole } from '../raven-console.ts';
import { ravenFetch } from '../raven-fetch.ts';
import { printLine, type Terminal } from '../terminal.ts';
import type { ServerSide } from './server-side.ts';

export interface Keyboard {
  /** Prints a line without tearing what is being typed. */
  readonly print: (line: string) => void;
  readonly close: () => Promise<void>;
}

/**
 * A process in the background that reads its terminal is stopped by the system. Only Linux says easily whether we are; elsewhere the
 * answer is no.
 */
function isInBackground(): boolean {
  try {
    const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'latin1')
      .replace(/^.*\) /, '')
      .split(' ');
    return group !== foreground;
  } catch {
    return false;
  }
}

export interface KeyboardOptions {
  readonly terminal: Terminal;
  readonly server: ServerSide;
  /** Whether the server is the embedded node, which has RavenDB's own console. */
  readonly embedded: boolean;
  readonly onNewLink: () => void;
  readonly onQuit: () => void;
}

/** What the keys do while the console runs: Enter prints another link; on the embedded node's terminal RavenDB's commands work too. */
export function startKeyboard({ terminal, server, embedded, onNewLink, onQuit }: KeyboardOptions): Keyboard {
  const { input, output } = terminal;
  const plain = (line: string): void => printLine(terminal, line);
  const atTerminal = input.isTTY === true && output.isTTY === true;
  if (input.isTTY === true && isInBackground()) return { print: plain, close: () => Promise.resolve() };
  if (!embedded || !atTerminal) {
    // Without `output` the terminal echoes by itself and Ctrl-C stays a signal.
    const lines = createInterface({ input });
    lines.on('line', onNewLink);
    return {
      print: plain,
      close: () => {
        lines.close();
        return Promise.resolve();
      },
    };
  }
  const upstream = createUpstream(server.identity, server.trust);
  const shell = startRavenConsole({
    input,
    output,
    api: { baseUrl: server.urls[0], fetch: ravenFetch(upstream) },
    serverUrl: server.urls[0],
    onNewLink,
    onQuit,
    info: () => server.facts.map(([title, text]) => `${title.padEnd(9)}${text}`).join('\n'),
  });
  return {
    print: shell.print,
    close: () => {
      shell.close();
      return upstream.close();
    },
  };
}
