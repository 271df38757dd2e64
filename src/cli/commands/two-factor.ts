import type { Command } from 'commander';
import { text } from 'node:stream/consumers';
import { editCertificate, getCertificate, getCertificates, whoAmI } from '../../api/certificates.ts';
import type { RavenApi } from '../../api/client.ts';
import { RavenError } from '../../api/errors.ts';
import {
  assertSecondFactor,
  endTwoFactorSession,
  getTwoFactorConfiguration,
  openTwoFactorSession,
} from '../../api/two-factor.ts';
import { allowedActions } from '../../domain/allowed-actions.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { dateTimeText } from '../../domain/time-text.ts';
import { CommandError, usageError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../printable.ts';
import { ask, confirm } from '../prompts.ts';
import { canAsk, printLine, type Terminal } from '../terminal.ts';
import {
  type CommandContext,
  type CommonOptions,
  examples,
  printJson,
  withCommonOptions,
  withConnection,
} from './context.ts';
import { collectionRisk } from './certificate-output.ts';
import { parseMinutes } from './option-values.ts';
import { readRegistered, selectEntry } from './registered.ts';
import {
  assertTwoFactor,
  authenticationKeyJson,
  checkCanCheck,
  codeQuestion,
  newAuthenticationKey,
} from './two-factor-key.ts';

interface ChangeOptions extends CommonOptions {
  readonly yes?: boolean;
}

interface EnableOptions extends ChangeOptions {
  /** False with --no-check. */
  readonly check: boolean;
}

interface LoginOptions extends CommonOptions {
  /** Minutes; left out: the server's default. */
  readonly duration?: number;
}

/** The entry that is named, when its second factor may be changed. */
async function selectChangeable(
  context: CommandContext,
  api: RavenApi,
  name: string,
  { yes = false }: ChangeOptions,
): Promise<CertificateEntry> {
  const { entries, viewer, capabilities } = await readRegistered(api);
  const entry = selectEntry(entries, name);
  assertTwoFactor(capabilities);
  const reason = viewer === null ? true : allowedActions(entry, viewer, context.now()).edit;
  if (reason !== true) throw new CommandError(`“${entry.name}” can’t be changed. ${reason}`, 'Nothing was changed.');
  const risk = collectionRisk(entry);
  if (risk !== undefined) await confirm(context.terminal, { what: printable(risk), yes });
  return entry;
}

/** Writes the entry back as it is now, with or without a key. */
async function change(
  api: RavenApi,
  { thumbprint, name }: CertificateEntry,
  factor: { readonly authenticationKey: string } | { readonly removeTwoFactor: true },
): Promise<void> {
  const current = await getCertificate(api, thumbprint);
  if (current === null)
    throw new CommandError(`“${name}” was deleted meanwhile.`, 'Nothing was changed.', exitCodes.notFound);
  const { clearance, permissions } = current;
  if (clearance === 'Unknown')
    throw new CommandError(
      `“${name}” has a clearance that this version doesn’t know, and would lose it.`,
      'Give it one with “raven-certificates edit --clearance” first.',
    );
  await editCertificate(api, { thumbprint: current.thumbprint, name: current.name, clearance, permissions, ...factor });
}

/** @throws CommandError when the server still asks for a second factor, or doesn't say that it no longer does */
async function assertRemoved(api: RavenApi, { name, thumbprint }: CertificateEntry): Promise<void> {
  const { certificates } = await getCertificates(api, { name });
  if (certificates.find((other) => other.thumbprint === thumbprint)?.hasTwoFactor !== false)
    throw new CommandError(
      `The server took the change, and doesn’t say that “${name}” is no longer asked for a second factor.`,
      'Look at it with “raven-certificates show”, and try again.',
    );
}

async function enable(context: CommandContext, name: string, options: EnableOptions): Promise<void> {
  const { terminal } = context;
  checkCanCheck(terminal, options);
  await withConnection(context, options, async ({ api, serverUrl }) => {
    const entry = await selectChangeable(context, api, name, options);
    if (entry.hasTwoFactor === true)
      await confirm(terminal, {
        what: printable(`“${entry.name}” has an authentication key already: it stops working.`),
        yes: options.yes === true,
      });
    const made = await newAuthenticationKey(terminal, api, { serverUrl, name: entry.name }, options);
    await change(api, entry, { authenticationKey: made.key });
    await assertSecondFactor(api, entry);
    if (options.json === true)
      printJson(terminal, { name: entry.name, thumbprint: entry.thumbprint, ...authenticationKeyJson(made) });
    else printLine(terminal, `${printable(entry.name)} is asked for a second factor on new connections.`);
  });
}

async function disable(context: CommandContext, name: string, options: ChangeOptions): Promise<void> {
  const { terminal } = context;
  await withConnection(context, options, async ({ api }) => {
    const entry = await selectChangeable(context, api, name, options);
    if (entry.hasTwoFactor === false) {
      if (options.json === true) printJson(terminal, { name: entry.name, thumbprint: entry.thumbprint });
      else printLine(terminal, `${printable(entry.name)} has no second factor.`);
      return;
    }
    await confirm(terminal, {
      what: printable(`“${entry.name}” gets in with its certificate alone, and its authentication key is deleted.`),
      yes: options.yes === true,
    });
    await change(api, entry, { removeTwoFactor: true });
    await assertRemoved(api, entry);
    if (options.json === true) printJson(terminal, { name: entry.name, thumbprint: entry.thumbprint });
    else printLine(terminal, `${printable(entry.name)} isn’t asked for a second factor any more.`);
  });
}

const codeFrom = async (terminal: Terminal): Promise<string> =>
  canAsk(terminal)
    ? ask(terminal, codeQuestion, usageError('A code has to be typed.', 'Run this on a terminal.'))
    : (await text(terminal.input)).trim();

async function login(context: CommandContext, options: LoginOptions): Promise<void> {
  const { terminal } = context;
  await withConnection(context, options, async ({ api }) => {
    const { defaultSessionDuration, maxSessionDuration } = await getTwoFactorConfiguration(api);
    const duration = options.duration ?? defaultSessionDuration;
    if (duration > maxSessionDuration)
      throw usageError(
        `The server allows sessions of ${String(maxSessionDuration)} minutes at most.`,
        'Give a shorter --duration.',
      );
    const code = (await codeFrom(terminal)).replace(/\s/g, '');
    if (!/^\d{6}$/.test(code)) throw usageError('A code has six digits.', 'Type the one that your app shows now.');
    await openTwoFactorSession(api, { code, duration, thisBrowserOnly: false }).catch((error: unknown) => {
      if (error instanceof RavenError && error.status === 406)
        throw new CommandError(
          'That code isn’t right.',
          'Wait for the next one, and check the clock of this machine.',
          exitCodes.refused,
        );
      throw error;
    });
    const end = (await whoAmI(api))?.twoFactorSessionEnd ?? null;
    if (options.json === true)
      printJson(terminal, { twoFactorSessionEnd: end === null ? null : new Date(end).toISOString() });
    else
      printLine(
        terminal,
        `This certificate is let in${end === null ? '' : ` until ${dateTimeText(end)}`}, by every program that uses it on this node.`,
      );
  });
}

async function logout(context: CommandContext, options: CommonOptions): Promise<void> {
  await withConnection(context, options, async ({ api }) => {
    await endTwoFactorSession(api);
    if (options.json === true) printJson(context.terminal, { twoFactorSessionEnd: null });
    else printLine(context.terminal, 'The sessions of this certificate on this node are over.');
  });
}

export function addTwoFactorCommand(program: Command, context: CommandContext): void {
  const group = program
    .command('two-factor')
    .summary('second factor: enable, disable, login, logout')
    .description('Second factor: turn it on or off for a certificate, open or end a session of your own.');
  withCommonOptions(
    group
      .command('enable')
      .description('Makes an authentication key, shows it as QR code, and asks for a code before it is stored.')
      .argument('<certificate>', 'its thumbprint, the first six or more digits of it, or its name')
      .option('--no-check', 'stores the key without asking for a code')
      .option('--yes', 'replaces a key without asking'),
  )
    .addHelpText('after', examples('two-factor enable alice', 'two-factor enable alice --no-check --json'))
    .action((name: string, options: EnableOptions) => enable(context, name, options));
  withCommonOptions(
    group
      .command('disable')
      .description('Deletes the authentication key of a certificate.')
      .argument('<certificate>', 'its thumbprint, the first six or more digits of it, or its name')
      .option('--yes', 'doesn’t ask'),
  )
    .addHelpText('after', examples('two-factor disable alice --yes'))
    .action((name: string, options: ChangeOptions) => disable(context, name, options));
  withCommonOptions(
    group
      .command('login')
      .description(
        'Opens a session with a code of your app (asked for, or read from standard input) for every program that uses your certificate on this node.',
      )
      .option('--duration <time>', 'how long: 90m, 8h (default: the server’s)', parseMinutes),
  )
    .addHelpText('after', examples('two-factor login --duration 8h', 'two-factor login < code.txt'))
    .action((options: LoginOptions) => login(context, options));
  withCommonOptions(group.command('logout').description('Ends the sessions of your certificate on this node.'))
    .addHelpText('after', examples('two-factor logout'))
    .action((options: CommonOptions) => logout(context, options));
}
