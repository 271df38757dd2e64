import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { exportServerCertificates } from '../../api/certificates.ts';
import { CommandError } from '../command-error.ts';
import { reserveFile } from '../output-file.ts';
import { printable } from '../printable.ts';
import { printLine } from '../terminal.ts';
import { readCertificateFile } from '../../pki/read-certificate-file.ts';
import {
  type CommandContext,
  type CommonOptions,
  examples,
  printJson,
  withCommonOptions,
  withConnection,
} from './context.ts';

interface ExportOptions extends CommonOptions {
  readonly force?: boolean;
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

async function exportServer(context: CommandContext, output: string, options: ExportOptions): Promise<void> {
  const { terminal } = context;
  const path = (await isFolder(output)) ? join(output, 'ServerCertificatesCollection.pfx') : output;
  await withConnection(context, options, async ({ api }) => {
    const file = await reserveFile(path, { force: options.force === true });
    try {
      const { content } = await exportServerCertificates(api);
      const bytes = new Uint8Array(await content.arrayBuffer());
      if (bytes.length === 0)
        throw new CommandError('The server has no certificate to export.', 'It runs without one.');
      const { certificates } = await readCertificateFile(bytes);
      await file.write(bytes);
      if (options.json === true)
        printJson(terminal, {
          file: path,
          certificates: certificates.map(({ subject, thumbprint }) => ({ subject, thumbprint })),
        });
      else
        printLine(
          terminal,
          [
            `${printable(path)} holds, without keys:`,
            ...certificates.map(({ subject, thumbprint }) => `${thumbprint}  ${printable(subject)}`),
          ].join('\n  '),
        );
    } finally {
      await file.discard();
    }
  });
}

export function addExportServerCommand(program: Command, context: CommandContext): void {
  withCommonOptions(
    program
      .command('export-server')
      .summary('the certificates of the cluster’s servers')
      .description(
        'Writes the certificates of the cluster’s servers as a .pfx without keys or password, for registering this cluster with another one.',
      )
      .argument('[output]', 'file, or folder for ServerCertificatesCollection.pfx', '.')
      .option('--force', 'overwrites a file of that name'),
  )
    .addHelpText('after', examples('export-server', 'export-server /tmp/cluster.pfx --force'))
    .action((output: string, options: ExportOptions) => exportServer(context, output, options));
}
