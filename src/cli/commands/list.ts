import type { Command } from 'commander';
import { securityClearances } from '../../api/types.ts';
import { renderTable } from '../table.ts';
import { paintFor, printLine, printMessage, widthOf, withProgress } from '../terminal.ts';
import { certificateColumns, certificateJson } from './certificate-output.ts';
import {
  type CommandContext,
  type CommonOptions,
  examples,
  printJson,
  withCommonOptions,
  withConnection,
} from './context.ts';
import { certificateStates, filterEntries, type ListFilter, sortKeys } from './list-filter.ts';
import { listOf, oneOfNames } from './option-values.ts';
import { readRegistered } from './registered.ts';

type ListOptions = CommonOptions & ListFilter;

const parseSort = (text: string): ListFilter['sort'] => ({
  key: oneOfNames(sortKeys, text.replace(/^[-+]/, '')),
  descending: text.startsWith('-'),
});

async function list(context: CommandContext, options: ListOptions): Promise<void> {
  const { terminal } = context;
  await withConnection(context, options, async ({ api }) => {
    const registered = await withProgress(terminal, 'Reading the certificates…', () => readRegistered(api));
    const now = context.now();
    const entries = filterEntries(registered.entries, options, registered.threshold, now);
    if (options.json === true) {
      printJson(
        terminal,
        entries.map((entry) => certificateJson(entry, registered, now)),
      );
      return;
    }
    const columns = certificateColumns(registered, now);
    printLine(terminal, renderTable(entries, columns, widthOf(terminal), paintFor(terminal)));
    if (entries.length < registered.entries.length)
      printMessage(terminal, `${String(entries.length)} of ${String(registered.entries.length)} certificates`);
  });
}

export function addListCommand(program: Command, context: CommandContext): void {
  withCommonOptions(
    program
      .command('list')
      .summary('what is registered')
      .description('Lists what is registered: name, clearance, state, end, second factor, databases, thumbprint.')
      .option('--state <states>', `only these: ${certificateStates.join(', ')}`, listOf(certificateStates))
      .option('--clearance <clearances>', 'only these, such as ValidUser,Operator', listOf(securityClearances))
      .option('--database <name>', 'only those that reach this database')
      .option('--search <text>', 'only those with these words in their name or thumbprint')
      .option('--sort <key>', `by ${sortKeys.join(', ')}; -expires turns it round (default: name)`, parseSort),
  )
    .addHelpText(
      'after',
      examples(
        'list',
        'list --state expiring,expired --sort expires',
        'list --database Orders --clearance ValidUser',
        'list --json | jq -r ".[].thumbprint"',
      ),
    )
    .action((options: ListOptions) => list(context, options));
}
