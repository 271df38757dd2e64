import type { Command } from 'commander';
import { editCertificate, getCertificate } from '../../api/certificates.ts';
import type { Certificate, DatabasePermission, SecurityClearance } from '../../api/types.ts';
import { allowedActions } from '../../domain/allowed-actions.ts';
import { lacks } from '../../domain/capabilities.ts';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { offeredClearances, reachesAllDatabases } from '../../domain/clearance.ts';
import { permissionChanges } from '../../domain/database-access.ts';
import { CommandError, usageError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../printable.ts';
import { confirm } from '../prompts.ts';
import { printLine } from '../terminal.ts';
import { collectionRisk, isOwn } from './certificate-output.ts';
import {
  type CommandContext,
  type CommonOptions,
  examples,
  printJson,
  withCommonOptions,
  withConnection,
} from './context.ts';
import { checkName } from './generate-to-file.ts';
import { mergePermissions, type OfferedClearance, parseClearance, parseGrant, parseRevoke } from './option-values.ts';
import { hasOtherAdmin, readRegistered, type Registered, selectEntry } from './registered.ts';

interface EditOptions extends CommonOptions {
  readonly name?: string;
  readonly clearance?: OfferedClearance;
  readonly grant?: readonly DatabasePermission[];
  readonly revoke?: readonly string[];
  readonly disable?: boolean;
  readonly enable?: boolean;
  readonly yes?: boolean;
}

interface Edited {
  readonly name: string;
  readonly clearance: SecurityClearance;
  readonly permissions: readonly DatabasePermission[];
  readonly disabled: boolean;
}

function checkOptions({ name, clearance, grant, revoke, disable, enable }: EditOptions): void {
  if (name !== undefined) checkName(name);
  if (disable === true && enable === true)
    throw usageError('--disable and --enable exclude each other.', 'Give one of the two.');
  if ([name, clearance, grant, revoke, disable, enable].every((each) => each === undefined))
    throw usageError(
      'Nothing to change was named.',
      'Give --name, --clearance, --grant, --revoke, --disable or --enable.',
    );
}

/** What the entry becomes; everything that no option names stays. @throws CommandError */
function edited(certificate: Certificate, options: EditOptions): Edited {
  const clearance = options.clearance ?? certificate.clearance;
  if (clearance === 'Unknown')
    throw new CommandError(
      'This certificate has a clearance that this version doesn’t know, and would lose it.',
      'Name the clearance it should have with --clearance.',
    );
  const revoked = new Set((options.revoke ?? []).map((database) => database.toLowerCase()));
  const kept = certificate.permissions.filter(({ database }) => !revoked.has(database.toLowerCase()));
  const missing = (options.revoke ?? []).find(
    (name) => !certificate.permissions.some(({ database }) => database.toLowerCase() === name.toLowerCase()),
  );
  if (missing !== undefined)
    throw usageError(
      `It has no permission for the database “${missing}”.`,
      'Look it up with “raven-certificates show”.',
    );
  if (reachesAllDatabases(clearance) && (options.grant ?? []).length > 0)
    throw usageError(
      `--grant has no effect with the clearance ${clearance}, which opens every database.`,
      'Leave --grant out, or add --clearance ValidUser.',
    );
  if (certificate.disabled === null && options.disable === true) throw usageError(lacks.disable, 'Delete it instead.');
  return {
    name: options.name ?? certificate.name,
    clearance,
    permissions: mergePermissions(kept, options.grant ?? []),
    disabled: options.disable === true || (certificate.disabled === true && options.enable !== true),
  };
}

/** What differs, one line each. */
function changes(before: Certificate, after: Edited): string[] {
  const lines = permissionChanges(before.permissions, after.permissions).map(
    ({ database, from, to }) => `${database}: ${from ?? 'no access'} → ${to ?? 'no access'}`,
  );
  if (before.clearance !== after.clearance) lines.unshift(`clearance: ${before.clearance} → ${after.clearance}`);
  if (before.name !== after.name) lines.unshift(`name: ${before.name} → ${after.name}`);
  if ((before.disabled ?? false) !== after.disabled) lines.push(after.disabled ? 'disabled' : 'enabled');
  return lines.map(printable);
}

function checkAllowed(entry: CertificateEntry, options: EditOptions, registered: Registered, now: number): void {
  if (registered.viewer === null) return;
  const others = hasOtherAdmin(registered.entries, [entry], now);
  const allowed = allowedActions(entry, registered.viewer, now, others);
  const lowersLastAdmin =
    entry.clearance === 'ClusterAdmin' && options.clearance !== undefined && options.clearance !== 'ClusterAdmin';
  for (const reason of [
    options.disable === true ? allowed.disable : true,
    allowed.edit,
    lowersLastAdmin && !others ? 'This is the last certificate with the clearance Cluster admin.' : true,
  ])
    if (reason !== true)
      throw new CommandError(`“${entry.name}” can’t be changed so. ${reason}`, 'Nothing was changed.');
}

/** Why the change needs a yes; undefined when it doesn't. */
function risk(entry: CertificateEntry, after: Edited, { viewer }: Registered): string | undefined {
  const collection = collectionRisk(entry);
  if (collection !== undefined) return collection;
  if (viewer !== null && isOwn(entry, viewer.thumbprint) && after.clearance !== entry.clearance)
    return `You use “${entry.name}” right now, and change its clearance from ${entry.clearance} to ${after.clearance}.`;
  if (after.disabled && !entry.disabled) return `“${entry.name}” will be refused on new connections.`;
  return undefined;
}

async function edit(context: CommandContext, name: string, options: EditOptions): Promise<void> {
  const { terminal } = context;
  checkOptions(options);
  await withConnection(context, options, async ({ api }) => {
    const registered = await readRegistered(api);
    const entry = selectEntry(registered.entries, name);
    checkAllowed(entry, options, registered, context.now());
    const what = risk(entry, edited(entry, options), registered);
    if (what !== undefined) await confirm(terminal, { what: printable(what), yes: options.yes === true });
    // Read anew: RavenDB has no version check, and somebody may have changed it while the question was open.
    const current = await getCertificate(api, entry.thumbprint);
    if (current === null)
      throw new CommandError(`“${entry.name}” was deleted meanwhile.`, 'Nothing was changed.', exitCodes.notFound);
    const after = edited(current, options);
    const lines = changes(current, after);
    const { disabled, ...settings } = after;
    if (lines.length > 0)
      await editCertificate(api, {
        thumbprint: current.thumbprint,
        ...settings,
        // RavenDB checks a disabling that is repeated as if it were a new one.
        ...(disabled === (current.disabled ?? false) ? {} : { disabled }),
      });
    if (options.json === true) printJson(terminal, { thumbprint: current.thumbprint, changes: lines });
    else
      printLine(
        terminal,
        lines.length === 0
          ? 'It is like that already.'
          : [`${printable(after.name)} is changed:`, ...lines].join('\n  '),
      );
  });
}

export function addEditCommand(program: Command, context: CommandContext): void {
  withCommonOptions(
    program
      .command('edit')
      .summary('changes name, clearance, databases; disables')
      .description(
        'Changes name, clearance, databases or the switch of a certificate; what isn’t named stays. Takes effect on new connections.',
      )
      .argument('<certificate>', 'its thumbprint, the first six or more digits of it, or its name')
      .option('--name <name>', 'the new name')
      .option('--clearance <clearance>', `one of ${offeredClearances.join(', ')}`, parseClearance)
      .option('--grant <database=level>', 'opens a database as Read, ReadWrite or Admin; may be repeated', parseGrant)
      .option('--revoke <database>', 'takes the access to a database; may be repeated', parseRevoke)
      .option('--disable', 'shuts it out without deleting it')
      .option('--enable', 'lets it in again')
      .option('--yes', 'does what needs a yes without asking'),
  )
    .addHelpText(
      'after',
      examples(
        'edit orders-service --grant Orders=Admin --revoke Archive',
        'edit 05576326B5A2 --name billing-service',
        'edit alice --disable --yes',
      ),
    )
    .action((name: string, options: EditOptions) => edit(context, name, options));
}
