import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { GenerateCertificate } from '../../api/certificates.ts';
import type { DatabasePermission } from '../../api/types.ts';
import { offeredClearances } from '../../domain/clearance.ts';
import { dateText } from '../../domain/time-text.ts';
import { usageError } from '../command-error.ts';
import { safeFileName } from '../output-file.ts';
import { readPassphraseFile } from '../passphrases.ts';
import { printable } from '../printable.ts';
import { askNewPassphrase } from '../prompts.ts';
import { printLine, printMessage, withProgress } from '../terminal.ts';
import {
  type CommandContext,
  type CommonOptions,
  examples,
  printJson,
  withCommonOptions,
  withConnection,
} from './context.ts';
import { checkName, generateToFile } from './generate-to-file.ts';
import { checkGrants } from './grants.ts';
import { type OfferedClearance, parseClearance, parseEnd, parseGrant } from './option-values.ts';
import { sayIfPassive } from './passive.ts';
import { readCapabilities } from './registered.ts';
import {
  assertTwoFactor,
  authenticationKeyJson,
  checkCanCheck,
  newAuthenticationKey,
  type NewAuthenticationKey,
} from './two-factor-key.ts';

interface GenerateOptions extends CommonOptions {
  readonly clearance: OfferedClearance;
  readonly grant?: readonly DatabasePermission[];
  /** Milliseconds UTC. */
  readonly expires?: number;
  readonly output: string;
  readonly certificatePassphraseFile?: string;
  /** False with --no-passphrase. */
  readonly passphrase: boolean;
  readonly twoFactor?: boolean;
  /** False with --no-check. */
  readonly check: boolean;
  readonly force?: boolean;
}

/** The passphrase for the new .pfx; '' for none, which has to be said where nobody can be asked. */
async function newPassphrase({ terminal }: CommandContext, options: GenerateOptions): Promise<string> {
  if (!options.passphrase) return '';
  const file = options.certificatePassphraseFile;
  if (file !== undefined) return readPassphraseFile(terminal, file, '--certificate-passphrase-file');
  return askNewPassphrase(
    terminal,
    'Passphrase for the new .pfx (empty: none): ',
    usageError(
      'The new .pfx needs a passphrase.',
      'Give one with --certificate-passphrase-file, or say --no-passphrase.',
    ),
  );
}

async function generate(context: CommandContext, name: string, options: GenerateOptions): Promise<void> {
  const { terminal } = context;
  checkName(name);
  if (options.twoFactor === true) checkCanCheck(terminal, options);
  const permissions = checkGrants(context, options.clearance, options.grant ?? []);
  const passphrase = await newPassphrase(context, options);
  await withConnection(context, options, async ({ api, serverUrl }) => {
    const path = join(options.output, `${safeFileName(name)}.zip`);
    const { twoFactor = false, force = false } = options;
    let key: NewAuthenticationKey | undefined;
    if (twoFactor) assertTwoFactor(await readCapabilities(api));
    await sayIfPassive(context, api);
    const request = async (): Promise<GenerateCertificate> => {
      key = twoFactor ? await newAuthenticationKey(terminal, api, { serverUrl, name }, options) : undefined;
      return {
        name,
        clearance: options.clearance,
        permissions,
        ...(passphrase === '' ? {} : { passphrase }),
        ...(options.expires === undefined ? {} : { notAfter: options.expires }),
        ...(key === undefined ? {} : { authenticationKey: key.key }),
      };
    };
    await generateToFile(api, request, { path, force }, (work) =>
      withProgress(terminal, 'The server makes a key…', work),
    );
    if (options.json === true) {
      const { clearance } = options;
      printJson(terminal, { name, clearance, file: path, ...(key === undefined ? {} : authenticationKeyJson(key)) });
      return;
    }
    printLine(terminal, `${printable(name)} is registered. Its key is in ${printable(path)} and nowhere else.`);
    if (options.expires !== undefined) printMessage(terminal, `It expires on ${dateText(options.expires)}.`);
  });
}

export function addGenerateCommand(program: Command, context: CommandContext): void {
  withCommonOptions(
    program
      .command('generate')
      .summary('makes a certificate and its key')
      .description(
        'Makes a client certificate and its key on the server and writes the zip (.pfx, .crt, .key): the only copy of the key. Clearance, databases and second factor are kept by RavenDB and not written into the certificate.',
      )
      .argument('<name>', 'name of the certificate')
      .addOption(
        new Option('--clearance <clearance>', `one of ${offeredClearances.join(', ')}`)
          .default('ValidUser')
          .argParser(parseClearance),
      )
      .option('--grant <database=level>', 'opens a database as Read, ReadWrite or Admin; may be repeated', parseGrant)
      .option('--expires <when>', '2031-11-21, 90d or 2y (default: in five years)', (text) =>
        parseEnd(text, context.now()),
      )
      .option('--output <folder>', 'folder for <name>.zip', '.')
      .option(
        '--certificate-passphrase-file <file>',
        'passphrase for the new .pfx; - is standard input (default: asks)',
      )
      .option('--no-passphrase', 'leaves the new .pfx without a passphrase')
      .option('--two-factor', 'asks for a second factor; shows its key and QR code, and asks for a code')
      .option('--no-check', 'with --two-factor: doesn’t ask for a code')
      .option('--force', 'overwrites a zip of that name'),
  )
    .addHelpText(
      'after',
      examples(
        'generate orders-service --grant Orders=ReadWrite --grant Archive=Read',
        'generate ops --clearance Operator --expires 1y --two-factor --output ~/certificates',
        'generate ci --grant Orders=Read --no-passphrase --json',
      ),
    )
    .action((name: string, options: GenerateOptions) => generate(context, name, options));
}
