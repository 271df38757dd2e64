import { createInterface } from 'node:readline';
import type { RavenApi } from '../api/client.ts';
import { readCertificates } from './client-identity.ts';
import { generateAdminCertificate, trustAdminCertificate } from './commands/admin-certificate.ts';
import { explainFailure } from './explain.ts';
import { printable } from './printable.ts';
import { splitWords } from './split-words.ts';
import type { Terminal } from './terminal.ts';

export interface RavenConsoleOptions {
  readonly input: Terminal['input'];
  readonly output: Terminal['output'];
  /** Connected to the node as a cluster admin. */
  readonly api: RavenApi;
  /** `https://host:port` of the node. */
  readonly serverUrl: string;
  /** Enter alone: prints another sign-in link. */
  readonly onNewLink: () => void | Promise<void>;
  /** `quit`, Ctrl-C and Ctrl-D; called once. */
  readonly onQuit: () => void;
  /** What `info` prints. */
  readonly info: () => string | Promise<string>;
}

export interface RavenConsole {
  /** Writes a line from elsewhere without tearing the one that is being typed. */
  readonly print: (line: string) => void;
  readonly close: () => void;
}

const prompt = 'ravendb> ';

const help = `generateClientCert <name> <path-to-output-folder> [password] [--force]
    makes a client certificate for a cluster admin; the zip holds .pfx, .crt and .key
trustClientCert <name> <path-to-pfx> [password]
    registers a certificate as a cluster admin's
info    version, addresses and folders
help    this text
quit    ends the console and the node
Enter alone prints a new link to the console. Names with blanks stand in quotes.`;

const usage: Readonly<Record<string, string>> = {
  generateclientcert: 'generateClientCert <name> <path-to-output-folder> [password] [--force]',
  trustclientcert: 'trustClientCert <name> <path-to-pfx> [password]',
};

/** RavenDB's own console on the embedded node's terminal: its commands with its arguments, in any case as there. */
export function startRavenConsole(options: RavenConsoleOptions): RavenConsole {
  const { input, output, api, serverUrl } = options;
  const lines = createInterface({ input, output, prompt, historySize: 100, terminal: output.isTTY === true });
  let closed = false;
  /** Commands end in the order they were typed. */
  let queue = Promise.resolve();

  const write = (text: string): void => {
    output.write(`${text}\n`);
  };
  const print = (line: string): void => {
    if (closed) return;
    if (output.isTTY === true) output.write('\r\u001b[K');
    write(line);
    lines.prompt(true);
  };
  const close = (): void => {
    if (closed) return;
    closed = true;
    lines.close();
  };
  const quit = (): void => {
    if (closed) return;
    close();
    options.onQuit();
  };

  async function generate([name = '', folder = '', passphrase]: readonly string[], force: boolean): Promise<void> {
    const path = await generateAdminCertificate(api, { name, folder, passphrase, force });
    write(`${printable(name)} is registered as cluster admin. Its key is in ${printable(path)} and nowhere else.`);
  }

  async function trust([name = '', path = '', passphrase]: readonly string[]): Promise<void> {
    // Nobody is asked: readline holds the terminal, and RavenDB's own command takes the password as an argument.
    const file = await readCertificates(path, { passphrase, advice: 'Give the password as the third argument.' });
    const registered = await trustAdminCertificate(api, name, file, path);
    write(
      `${printable(name)} is registered as cluster admin: ${registered.map(({ thumbprint }) => thumbprint).join(', ')}`,
    );
  }

  async function run(command: string, words: readonly string[]): Promise<void> {
    const wanted = usage[command];
    if (wanted !== undefined) {
      const generates = command === 'generateclientcert';
      const args = generates ? words.filter((word) => word !== '--force') : words;
      if (args.length < 2 || args.length > 3) write(`Usage: ${wanted}`);
      else await (generates ? generate(args, args.length < words.length) : trust(args));
    } else if (command === 'info') write(await options.info());
    else if (command === 'help') write(help);
    else if (command === 'quit' || command === 'q' || command === 'exit') quit();
    else write(`There is no command “${printable(command)}”; “help” lists them.`);
  }

  async function handle(line: string): Promise<void> {
    const words = splitWords(line);
    if (words === null) write('A quote isn’t closed.');
    else {
      const [command, ...args] = words;
      try {
        if (command === undefined) await options.onNewLink();
        else await run(command.toLowerCase(), args);
      } catch (error) {
        const { message, advice } = explainFailure(error, serverUrl);
        write([message, advice].filter(Boolean).join('\n'));
      }
    }
    if (!closed) lines.prompt();
  }

  // A password that was typed must not come back with the arrow keys.
  lines.on('history', (history) => {
    const [last] = history;
    if (last !== undefined && (splitWords(last)?.length ?? 0) > 3) history.shift();
  });
  lines.on('line', (line) => {
    queue = queue.then(() => handle(line));
  });
  lines.on('SIGINT', quit);
  // Input that ends in a pipe isn't a wish to stop: what was typed is done first.
  lines.on('close', () => {
    if (output.isTTY === true) quit();
  });
  lines.prompt();
  return { print, close };
}
