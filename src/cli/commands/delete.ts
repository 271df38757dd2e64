import type { Command } from 'commander';
import { deleteCertificate } from '../../api/certificates.ts';
import { allowedActions } from '../../domain/allowed-actions.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { clearanceLabels, isClusterAdmin } from '../../domain/clearance.ts';
import { CommandError } from '../command-error.ts';
import { printable } from '../printable.ts';
import { confirm } from '../prompts.ts';
import { printLine } from '../terminal.ts';
import { databasesText } from './certificate-output.ts';
import {
  type CommandContext,
  type CommonOptions,
  examples,
  printJson,
  withCommonOptions,
  withConnection,
} from './context.ts';
import { hasOtherAdmin, readRegistered, selectEntry } from './registered.ts';

interface DeleteOptions extends CommonOptions {
  readonly yes?: boolean;
}

const lossText = (entry: CertificateEntry): string => {
  const { name, thumbprint, clearance, secondaryThumbprints } = entry;
  const members =
    secondaryThumbprints.length === 0
      ? ''
      : ` with the ${String(secondaryThumbprints.length)} others of its collection`;
  return printable(
    `Deletes “${name}” (${thumbprint})${members}: ${clearanceLabels[clearance]}, databases: ${databasesText(entry)}.`,
  );
};

async function remove(context: CommandContext, names: readonly string[], options: DeleteOptions): Promise<void> {
  const { terminal } = context;
  await withConnection(context, options, async ({ api }) => {
    const { entries, viewer } = await readRegistered(api);
    // All of them before any: a typing error in the last name deletes nothing.
    const chosen = [...new Set(names.map((name) => selectEntry(entries, name)))];
    for (const entry of chosen) {
      if (viewer === null) continue;
      const reason = allowedActions(entry, viewer, context.now(), hasOtherAdmin(entries, chosen, context.now())).delete;
      if (reason !== true)
        throw new CommandError(`“${entry.name}” can’t be deleted. ${reason}`, 'Nothing was deleted.');
    }
    for (const entry of chosen)
      await confirm(terminal, {
        what: lossText(entry),
        yes: options.yes === true,
        ...(isClusterAdmin(entry.clearance) ? { typed: printable(entry.name) } : {}),
      });
    for (const entry of chosen) {
      await deleteCertificate(api, entry.thumbprint);
      if (options.json !== true) printLine(terminal, `Deleted ${printable(entry.name)} (${entry.thumbprint}).`);
    }
    if (options.json === true)
      printJson(
        terminal,
        chosen.map(({ name, thumbprint }) => ({ name, thumbprint })),
      );
  });
}

export function addDeleteCommand(program: Command, context: CommandContext): void {
  withCommonOptions(
    program
      .command('delete')
      .summary('deletes certificates')
      .description('Deletes certificates. They are refused on new connections; open ones stay open until they end.')
      .argument('<certificates...>', 'thumbprints, the first six or more digits of them, or names')
      .option('--yes', 'doesn’t ask'),
  )
    .addHelpText('after', examples('delete orders-service', 'delete 05576326B5A2 7B6C1A90F3DE --yes'))
    .action((names: readonly string[], options: DeleteOptions) => remove(context, names, options));
}
