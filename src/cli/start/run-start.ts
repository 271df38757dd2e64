import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGateway } from '../../gateway/create-gateway.ts';
import { createLinkAccess, type LinkAccess } from '../../gateway/link-access.ts';
import { isLoopback, listenAt, type ListeningServer, underName } from '../../gateway/listen.ts';
import { createSessions } from '../../gateway/sessions.ts';
import { StartError } from '../../server/start-error.ts';
import { CommandError } from '../command-error.ts';
import { OptionError, parseStartOptions, startHelp, type StartOptions } from '../options.mjs';
import { paintFor, printLine, printMessage, processTerminal, type Terminal } from '../terminal.ts';
import { consoleName } from './console-name.ts';
import { consoleFiles, openEmbeddedServer } from './embedded-server.ts';
import { type Keyboard, startKeyboard } from './keyboard.ts';
import { openBrowser } from './open-browser.ts';
import { whenNpmEnds } from './parent-watch.ts';
import { writePrivateFile } from './private-file.ts';
import { openRemoteServer } from './remote-server.ts';
import type { ServerSide } from './server-side.ts';

/** @throws CommandError when the port can't be had */
async function listen({ listen: { host, port }, publicUrl }: StartOptions): Promise<ListeningServer> {
  if (!isLoopback(host) && publicUrl === undefined)
    throw new CommandError(
      `${host} is no loopback address: give --public-url https://… as well, the address at which browsers reach the console through TLS.`,
      '',
    );
  try {
    return await listenAt(host, port, publicUrl);
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new CommandError(
      code === 'EADDRINUSE'
        ? `The port ${String(port)} is in use: stop what listens at ${host}:${String(port)}, or give another address with --listen.`
        : `The console can’t listen at ${host}:${String(port)} (${String(code)}).`,
      '',
    );
  }
}

async function versionOf(): Promise<string> {
  const file = fileURLToPath(new URL('../../package.json', import.meta.url));
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}

async function greet(
  terminal: Terminal,
  server: ServerSide,
  { origin, address, plainOrigin, takesNames }: ListeningServer,
): Promise<void> {
  const paint = paintFor(terminal);
  printLine(terminal, `\n${paint('bold', 'Raven Certificates')} ${await versionOf()}\n`);
  const listens =
    takesNames || new URL(plainOrigin).host === address ? [] : [['Proxied', `http://${address}`] as const];
  for (const [title, text] of [...server.facts, ['Console', origin] as const, ...listens])
    printLine(terminal, `  ${paint('dim', title.padEnd(9))}${text}`);
  printLine(terminal);
}

const linkTo = (origin: string, token: string): string => `${origin}/sign-in?token=${token}`;

function writeEnv(server: ServerSide, consoleUrl: string): Promise<void> {
  if (server.dataDir === undefined) return Promise.resolve();
  const lines = Object.entries({ ...server.env, CONSOLE_URL: consoleUrl }).map(([name, value]) => `${name}=${value}\n`);
  return writePrivateFile(join(server.dataDir, 'env'), lines.join(''));
}

/** Everything that was opened, to be closed in reverse; each is tried even when one fails. */
class Opened {
  readonly #closers: (() => void | Promise<void>)[] = [];
  add(close: () => void | Promise<void>): void {
    this.#closers.push(close);
  }
  async close(): Promise<void> {
    const results = [];
    for (const close of this.#closers.splice(0).reverse()) results.push(...(await Promise.allSettled([close()])));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}

/** Resolves when a signal, the parent or the person says that it is over. A second signal doesn't wait for anything. */
function untilStopped(opened: Opened): { stopped: Promise<void>; stop: () => void } {
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
    if (signals > 1) process.exit(1);
    stop();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  if (process.env.npm_lifecycle_event !== undefined) opened.add(whenNpmEnds(process.ppid, stop));
  return { stopped, stop };
}

interface Session {
  readonly terminal: Terminal;
  readonly options: StartOptions;
  readonly opened: Opened;
  readonly stop: () => void;
}

async function openServer({ terminal, options, opened }: Session, log: (line: string) => void): Promise<ServerSide> {
  const server =
    options.urls === undefined
      ? await openEmbeddedServer(options, log)
      : await openRemoteServer(options.urls, options, terminal);
  opened.add(server.close);
  return server;
}

function offerLinks(session: Session, listening: ListeningServer, access: LinkAccess, server: ServerSide): Keyboard {
  const { terminal, options, stop } = session;
  const paint = paintFor(terminal);
  const { origin, plainOrigin } = listening;
  const link = (of: string): string => paint('cyan', linkTo(of, access.issueToken()));
  const newLinks = (): string =>
    process.platform === 'darwin' && origin !== plainOrigin
      ? `  ${link(origin)}\n  In Safari, which doesn’t know such names: ${link(plainOrigin)}`
      : `  ${link(origin)}`;
  printLine(terminal, '  Open this link to sign in. It works once, within 5 minutes; Enter prints another.');
  printLine(terminal, `${newLinks()}\n`);
  const keyboard: Keyboard = startKeyboard({
    terminal,
    server,
    embedded: options.urls === undefined,
    onNewLink: () => keyboard.print(newLinks()),
    onQuit: stop,
  });
  return keyboard;
}

async function open(session: Session): Promise<void> {
  const { terminal, options, opened } = session;
  const port = await listen(options);
  opened.add(port.close);
  let print = (line: string): void => printMessage(terminal, line);
  const server = await openServer(session, (line) => print(line));
  const listening = port.takesNames ? underName(port, await consoleName(server.dataDir)) : port;
  const { origin, plainOrigin } = listening;
  const access = createLinkAccess();
  const sessions = createSessions({ port: port.port, origin, idleTime: options.idleTimeout });
  const gateway = createGateway({
    serverUrls: server.urls,
    identity: server.identity,
    trust: server.trust,
    hosts: listening.hosts,
    origin,
    access,
    sessions,
    files: consoleFiles,
  });
  opened.add(gateway.close);
  listening.serve(gateway.handle);
  const { dataDir } = server;
  await writeEnv(server, linkTo(plainOrigin, access.lastingToken()));
  if (dataDir !== undefined) opened.add(() => rm(join(dataDir, 'env'), { force: true }));
  await greet(terminal, server, listening);
  if (options.open) {
    // On macOS it may be Safari, which doesn't know names below localhost.
    const link = linkTo(process.platform === 'darwin' ? plainOrigin : origin, access.issueToken());
    const remove = await openBrowser(link);
    if (remove === undefined) printLine(terminal, '  No browser could be opened.');
    else opened.add(remove);
  }
  const keyboard = offerLinks(session, listening, access, server);
  opened.add(keyboard.close);
  ({ print } = keyboard);
}

const isExpected = (error: unknown): error is Error =>
  error instanceof CommandError || error instanceof StartError || error instanceof OptionError;

/** What happened, whole, and what to do, on one line. */
const sentenceOf = (error: Error): string =>
  error instanceof CommandError && error.advice !== '' ? `${error.message} ${error.advice}` : error.message;

function report(terminal: Terminal, error: unknown): void {
  if (isExpected(error)) printMessage(terminal, sentenceOf(error));
  else printMessage(terminal, error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/**
 * `start`: brings up the console and ends with it.
 * @returns the exit code: 0 when it was stopped, 1 when it couldn't start
 */
export async function runStart(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  const opened = new Opened();
  try {
    const options = parseStartOptions([...argv], terminal.env);
    if (options.help) {
      terminal.output.write(startHelp());
      return 0;
    }
    const { stopped, stop } = untilStopped(opened);
    await open({ terminal, options, opened, stop });
    await stopped;
  } catch (error) {
    report(terminal, error);
    await opened.close().catch(() => undefined);
    return 1;
  }
  try {
    await opened.close();
    return 0;
  } catch (error) {
    report(terminal, error);
    return 1;
  }
}
