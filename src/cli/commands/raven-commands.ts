import type { Command } from 'commander';
import { readCertificates } from '../client-identity.ts';
import { readPassphraseFile } from '../passphrases.ts';
import { printable } from '../printable.ts';
import { printLine, withProgress } from '../terminal.ts';
import { generateAdminCertificate, trustAdminCertificate } from './admin-certificate.ts';
import {
  type CommandContext,
  type CommonOptions,
  examples,
  printJson,
  withCommonOptions,
  withConnection,
} from './context.ts';

import { sayIfPassive } from './passive.ts';

interface PassphraseOptions extends CommonOptions {
  readonly certificatePassphraseFile?: string;
}

interface GenerateOptions extends PassphraseOptions {
  readonly force?: boolean;
}

const aboutProcessLists = `
A password given as an argument can be seen in the process list and in the shell's history while and after the command runs. It is taken
as RavenDB's own command takes it; --certificate-passphrase-file keeps it out of both.`;

async function passphraseOf(
  { terminal }: CommandContext,
  password: string | undefined,
  { certificatePassphraseFile: file }: PassphraseOptions,
): Promise<string | undefined> {
  if (password !== undefined || file === undefined) return password;
  return readPassphraseFile(terminal, file, '--certificate-passphrase-file');
}

async function generateClientCert(
  context: CommandContext,
  [name, folder, password]: readonly [string, string, string | undefined],
  options: GenerateOptions,
): Promise<void> {
  const { terminal } = context;
  const passphrase = await passphraseOf(context, password, options);
  await withConnection(context, options, async ({ api }) => {
    await sayIfPassive(context, api);
    const file = await withProgress(terminal, 'The server makes a key…', () =>
      generateAdminCertificate(api, { name, folder, passphrase, force: options.force === true }),
    );
    if (options.json === true) printJson(terminal, { name, clearance: 'ClusterAdmin', file });
    else
      printLine(
        terminal,
        `${printable(name)} is registered as cluster admin. Its key is in ${printable(file)} and nowhere else.`,
      );
  });
}

async function trustClientCert(
  context: CommandContext,
  [name, path, password]: readonly [string, string, string | undefined],
  options: PassphraseOptions,
): Promise<void> {
  const { terminal } = context;
  const file = await readCertificates(path, {
    terminal,
    passphrase: await passphraseOf(context, password, options),
    advice: 'Give the right one with --certificate-passphrase-file, or run this on a terminal to be asked.',
  });
  await withConnection(context, options, async ({ api }) => {
    await sayIfPassive(context, api);
    const registered = await trustAdminCertificate(api, name, file, path);
    const thumbprints = registered.map(({ thumbprint }) => thumbprint);
    if (options.json === true) printJson(terminal, { name, clearance: 'ClusterAdmin', thumbprints });
    else printLine(terminal, `${printable(name)} is registered as cluster admin: ${thumbprints.join(', ')}`);
  });
}

/** RavenDB's own two commands, under their own names and with their own arguments. */
export function addRavenCommands(program: Command, context: CommandContext): void {
  withCommonOptions(
    program
      .command('generateClientCert')
      .summary('RavenDB’s own: makes a cluster admin’s certificate')
      .description('Makes a client certificate for a cluster admin and writes its zip (.pfx, .crt, .key) to a folder.')
      .argument('<name>', 'name of the certificate')
      .argument('<path-to-output-folder>', 'folder for admin.client.certificate.<name>.zip')
      .argument('[password]', 'protects the .pfx (default: none; see below)')
      .option('--certificate-passphrase-file <file>', 'reads the password from a file; - is standard input')
      .option('--force', 'overwrites a zip of that name'),
  )
    .addHelpText(
      'after',
      aboutProcessLists +
        '\n' +
        examples(
          'generateClientCert alice .',
          'generateClientCert alice ~/certificates --certificate-passphrase-file alice.txt',
        ),
    )
    .action((name: string, folder: string, password: string | undefined, options: GenerateOptions) =>
      generateClientCert(context, [name, folder, password], options),
    );
  withCommonOptions(
    program
      .command('trustClientCert')
      .summary('RavenDB’s own: registers a cluster admin’s certificate')
      .description('Registers a certificate that was made elsewhere as a cluster admin’s. Its private key isn’t sent.')
      .argument('<name>', 'name of the certificate')
      .argument('<path-to-pfx>', 'file of the certificate: .pfx, .pem, .crt or .cer')
      .argument('[password]', 'opens the .pfx (default: asks when it needs one; see below)')
      .option('--certificate-passphrase-file <file>', 'reads the password from a file; - is standard input'),
  )
    .addHelpText('after', aboutProcessLists + '\n' + examples('trustClientCert alice alice.pfx'))
    .action((name: string, path: string, password: string | undefined, options: PassphraseOptions) =>
      trustClientCert(context, [name, path, password], options),
    );
}
