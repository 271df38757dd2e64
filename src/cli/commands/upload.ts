import { type Command, Option } from 'commander';
import { uploadCertificate } from '../../api/certificates.ts';
import { assertSecondFactor } from '../../api/two-factor.ts';
import type { DatabasePermission } from '../../api/types.ts';
import { offeredClearances } from '../../domain/clearance.ts';
import { byGravity, type Finding } from '../../domain/finding.ts';
import { uploadFindings } from '../../domain/upload-findings.ts';
import { readCertificates } from '../client-identity.ts';
import { CommandError } from '../command-error.ts';
import { readPassphraseFile } from '../passphrases.ts';
import { printable } from '../printable.ts';
import { confirm } from '../prompts.ts';
import { paintFor, printLine, printMessage } from '../terminal.ts';
import { uploadContent } from '../upload-content.ts';
import {
  type CommandContext,
  type CommonOptions,
  examples,
  printJson,
  withCommonOptions,
  withConnection,
} from './context.ts';
import { checkName } from './generate-to-file.ts';
import { checkGrants } from './grants.ts';
import { type OfferedClearance, parseClearance, parseGrant } from './option-values.ts';
import { readRegistered } from './registered.ts';
import { sayIfPassive } from './passive.ts';
import { assertTwoFactor, authenticationKeyJson, checkCanCheck, newAuthenticationKey } from './two-factor-key.ts';

interface UploadOptions extends CommonOptions {
  readonly name?: string;
  readonly clearance: OfferedClearance;
  readonly grant?: readonly DatabasePermission[];
  readonly certificatePassphraseFile?: string;
  readonly twoFactor?: boolean;
  /** False with --no-check. */
  readonly check: boolean;
  readonly yes?: boolean;
}

const findingText = ({ title, text }: Finding): string => printable(`${title} ${text}`);

/** Says what there is to know, asks where something would be lost. @throws CommandError */
async function goThrough({ terminal }: CommandContext, findings: readonly Finding[], yes: boolean): Promise<void> {
  const paint = paintFor(terminal, 'messages');
  for (const finding of byGravity(findings)) {
    if (finding.level === 'error') throw new CommandError(finding.title, finding.text);
    if (finding.level === 'confirm') await confirm(terminal, { what: findingText(finding), yes });
    else
      printMessage(terminal, finding.level === 'warn' ? paint('yellow', findingText(finding)) : findingText(finding));
  }
}

async function upload(context: CommandContext, path: string, options: UploadOptions): Promise<void> {
  const { terminal } = context;
  if (options.twoFactor === true) checkCanCheck(terminal, options);
  const passphraseFile = options.certificatePassphraseFile;
  const file = await readCertificates(path, {
    terminal,
    passphrase:
      passphraseFile === undefined
        ? undefined
        : await readPassphraseFile(terminal, passphraseFile, '--certificate-passphrase-file'),
    advice: 'Give the right one with --certificate-passphrase-file, or run this on a terminal to be asked.',
  });
  const { registered, skipped, certificate } = await uploadContent(file);
  const name = options.name ?? registered[0]?.commonName ?? '';
  checkName(name);
  const { clearance } = options;
  const permissions = checkGrants(context, clearance, options.grant ?? []);
  await withConnection(context, options, async ({ api, serverUrl }) => {
    const { list, viewer, capabilities } = await readRegistered(api);
    if (options.twoFactor === true) assertTwoFactor(capabilities);
    await sayIfPassive(context, api);
    for (const note of file.notes) printMessage(terminal, printable(note));
    const surroundings = { list, viewer, now: context.now() };
    for (const { subject } of skipped)
      printMessage(terminal, printable(`${subject} issued another one of this file: RavenDB leaves it out.`));
    await goThrough(context, uploadFindings(registered, surroundings), options.yes === true);
    const key =
      options.twoFactor === true ? await newAuthenticationKey(terminal, api, { serverUrl, name }, options) : undefined;
    const factor = key === undefined ? {} : { authenticationKey: key.key };
    await uploadCertificate(api, { name, clearance, permissions, certificate, ...factor });
    const thumbprints = registered.map(({ thumbprint }) => thumbprint);
    if (key !== undefined) await assertSecondFactor(api, { name, thumbprint: thumbprints[0] ?? '' });
    if (options.json === true) {
      printJson(terminal, { name, clearance, thumbprints, ...(key === undefined ? {} : authenticationKeyJson(key)) });
      return;
    }
    printLine(terminal, `${printable(name)} is registered: ${thumbprints.join(', ')}`);
  });
}

export function addUploadCommand(program: Command, context: CommandContext): void {
  withCommonOptions(
    program
      .command('upload')
      .summary('registers certificates made elsewhere')
      .description('Registers a certificate, or a set of them, that was made elsewhere. Private keys aren’t sent.')
      .argument('<file>', '.pfx, .p12, .pem, .crt, .cer, .der, .p7b or RavenDB’s .zip')
      .option('--name <name>', 'name of the entry (default: the certificate’s common name)')
      .addOption(
        new Option('--clearance <clearance>', `one of ${offeredClearances.join(', ')}`)
          .default('ValidUser')
          .argParser(parseClearance),
      )
      .option('--grant <database=level>', 'opens a database as Read, ReadWrite or Admin; may be repeated', parseGrant)
      .option('--certificate-passphrase-file <file>', 'passphrase of the file; - is standard input (default: asks)')
      .option('--two-factor', 'asks for a second factor; shows its key and QR code, and asks for a code')
      .option('--no-check', 'with --two-factor: doesn’t ask for a code')
      .option('--yes', 'agrees to everything that would be asked, such as replacing an entry'),
  )
    .addHelpText(
      'after',
      examples(
        'upload alice.crt --name alice --grant Orders=ReadWrite',
        'upload partner.pfx --certificate-passphrase-file partner.txt --clearance Operator',
      ),
    )
    .action((path: string, options: UploadOptions) => upload(context, path, options));
}
