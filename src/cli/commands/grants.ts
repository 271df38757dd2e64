import type { DatabasePermission } from '../../api/types.ts';
import { reachesAllDatabases } from '../../domain/clearance.ts';
import { usageError } from '../command-error.ts';
import { printMessage } from '../terminal.ts';
import type { CommandContext } from './context.ts';
import type { OfferedClearance } from './option-values.ts';

/** Permissions that fit the clearance: who reaches every database is given none. @throws CommandError */
export function checkGrants(
  { terminal }: CommandContext,
  clearance: OfferedClearance,
  grants: readonly DatabasePermission[],
): readonly DatabasePermission[] {
  if (reachesAllDatabases(clearance) && grants.length > 0)
    throw usageError(
      `--grant has no effect with the clearance ${clearance}, which opens every database.`,
      'Leave --grant out, or choose --clearance ValidUser.',
    );
  if (!reachesAllDatabases(clearance) && grants.length === 0)
    printMessage(terminal, 'It opens no database yet: add --grant DATABASE=LEVEL, or edit it later.');
  return grants;
}
