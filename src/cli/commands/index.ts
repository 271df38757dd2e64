import type { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { addDeleteCommand } from './delete.ts';
import { addEditCommand } from './edit.ts';
import { addExpiringCommand } from './expiring.ts';
import { addExportServerCommand } from './export-server.ts';
import { addGenerateCommand } from './generate.ts';
import { addListCommand } from './list.ts';
import { addRavenCommands } from './raven-commands.ts';
import { addShowCommand } from './show.ts';
import { addTwoFactorCommand } from './two-factor.ts';
import { addUploadCommand } from './upload.ts';
import { addWhoamiCommand } from './whoami.ts';

/** All commands, in the order of the help. */
export function addCommands(program: Command, context: CommandContext): void {
  addListCommand(program, context);
  addShowCommand(program, context);
  addGenerateCommand(program, context);
  addUploadCommand(program, context);
  addEditCommand(program, context);
  addDeleteCommand(program, context);
  addExpiringCommand(program, context);
  addTwoFactorCommand(program, context);
  addExportServerCommand(program, context);
  addWhoamiCommand(program, context);
  addRavenCommands(program, context);
}
