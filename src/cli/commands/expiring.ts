import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { renderTable } from '../table.ts';
import { paintFor, printLine, widthOf, withProgress } from '../terminal.ts';
import { certificateColumns, certificateJson } from './certificate-output.ts';
import {
  type CommandContext,
  type CommonOptions,
  examples,
  printJson,
  withCommonOptions,
  withConnection,
} from './context.ts';
import { parseDuration } from './option-values.ts';
import { readRegistered } from './registered.ts';

interface ExpiringOptions extends CommonOptions {
  /** Milliseconds. */
  readonly within: number;
  readonly expired?: boolean;
}

async function expiring(context: CommandContext, options: ExpiringOptions): Promise<void> {
  const { terminal } = context;
  await withConnection(context, options, async ({ api }) => {
    const registered = await withProgress(terminal, 'Reading the certificates…', () => readRegistered(api));
    const now = context.now();
    const found = registered.entries
      .filter(
        ({ notAfter, disabled }) =>
          !disabled &&
          notAfter !== null &&
          notAfter <= now + options.within &&
          (notAfter >= now || options.expired === true),
      )
      .sort((a, b) => (a.notAfter ?? 0) - (b.notAfter ?? 0));
    if (options.json === true)
      printJson(
        terminal,
        found.map((entry) => certificateJson(entry, registered, now)),
      );
    // Silence is what cron takes for good news.
    else if (found.length > 0)
      printLine(
        terminal,
        renderTable(found, certificateColumns(registered, now), widthOf(terminal), paintFor(terminal)),
      );
    if (found.length > 0) context.exitCode = exitCodes.expiring;
  });
}

export function addExpiringCommand(program: Command, context: CommandContext): void {
  withCommonOptions(
    program
      .command('expiring')
      .summary('those that end soon; exit code 3 when there are any')
      .description(
        'Lists the enabled certificates that end within a time, the server’s own included; exit code 3 when there are any. Prints nothing when there are none.',
      )
      .option('--within <time>', 'the time from now: 30d, 2w, 36h', (text) => parseDuration(text), parseDuration('30d'))
      .option('--expired', 'also those that have ended already'),
  )
    .addHelpText(
      'after',
      examples(
        'expiring --within 30d',
        'expiring --within 2w --json',
        'expiring --env /var/lib/node/env || mail -s "certificates end soon" ops   # in a crontab',
      ),
    )
    .action((options: ExpiringOptions) => expiring(context, options));
}
