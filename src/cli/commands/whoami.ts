import type { Command } from 'commander';
import { whoAmI } from '../../api/certificates.ts';
import { toEntry } from '../../domain/certificate-entry.ts';
import { certificateState, daysLeft, defaultExpiringThreshold, stateLabels } from '../../domain/certificate-state.ts';
import { clearanceLabels } from '../../domain/clearance.ts';
import { dateTimeText, daysLeftText } from '../../domain/time-text.ts';
import { CommandError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../printable.ts';
import { renderFacts } from '../table.ts';
import { paintFor, printLine } from '../terminal.ts';
import { certificateJson, databasesText, stateStyle } from './certificate-output.ts';
import {
  type CommandContext,
  type CommonOptions,
  examples,
  printJson,
  withCommonOptions,
  withConnection,
} from './context.ts';

async function whoami(context: CommandContext, options: CommonOptions): Promise<void> {
  const { terminal } = context;
  await withConnection(context, options, async ({ api, serverUrl }) => {
    const me = await whoAmI(api);
    if (me === null)
      throw new CommandError(
        `${serverUrl} doesn’t know this certificate.`,
        'Have it registered by an admin, or use another one.',
        exitCodes.refused,
      );
    const now = context.now();
    const entry = toEntry(me, { loadedServerThumbprint: null, loadedServerThumbprintForCommunication: null });
    const session = me.twoFactorSessionEnd;
    if (options.json === true) {
      const {
        own: _own,
        kind: _kind,
        ...shown
      } = certificateJson(entry, { threshold: defaultExpiringThreshold, viewer: null }, now);
      printJson(terminal, {
        server: serverUrl,
        ...shown,
        twoFactorSessionEnd: session === null ? null : new Date(session).toISOString(),
      });
      return;
    }
    const paint = paintFor(terminal);
    const state = certificateState(entry, now, defaultExpiringThreshold);
    const left = daysLeft(entry, now);
    const factor =
      me.hasTwoFactor !== true
        ? 'none'
        : session === null
          ? 'asked for: run “raven-certificates two-factor login”'
          : `session until ${dateTimeText(session)}`;
    printLine(
      terminal,
      renderFacts(
        [
          ['Server', serverUrl],
          ['Name', printable(me.name)],
          ['Thumbprint', me.thumbprint],
          ['Clearance', clearanceLabels[me.clearance]],
          ['Databases', printable(databasesText(me))],
          ['State', paint(stateStyle(state), stateLabels[state])],
          ...(me.notAfter === null || left === null
            ? []
            : [['Expires', `${dateTimeText(me.notAfter)} (${daysLeftText(left)})`] as const]),
          ['Second factor', factor],
        ],
        paint,
      ),
    );
  });
}

export function addWhoamiCommand(program: Command, context: CommandContext): void {
  withCommonOptions(
    program
      .command('whoami')
      .summary('as whom the server knows you')
      .description('Says as whom the server knows you, and what that opens.'),
  )
    .addHelpText('after', examples('whoami', 'whoami --url https://localhost:8443 --pfx new.pfx --ca ca.pem'))
    .action((options: CommonOptions) => whoami(context, options));
}
