import { accessNames, clearanceNames, nameOf, type Definition } from './definition.ts';

/** At most so many databases are named one by one. */
const namedDatabases = 50;

/** What a write changed, in short sentences for the history; never an authentication key itself. */
export function describeChanges(old: Definition | undefined, now: Definition): string[] {
  const changes: string[] = [];
  const compare = (what: string, before: string | undefined, after: string) => {
    if (before === undefined) changes.push(`${what}: ${after}`);
    else if (before !== after) changes.push(`${what}: ${before} → ${after}`);
  };
  compare('Name', old?.name, now.name);
  compare('Clearance', old && nameOf(clearanceNames, old.clearance), nameOf(clearanceNames, now.clearance));
  changes.push(...permissionChanges(old, now));
  if (old?.disabled !== now.disabled && (old !== undefined || now.disabled))
    changes.push(now.disabled ? 'Disabled' : 'Enabled');
  if (old?.twoFactorKey !== now.twoFactorKey)
    changes.push(
      now.twoFactorKey === undefined
        ? 'Two-factor removed'
        : old?.twoFactorKey === undefined
          ? 'Two-factor set'
          : 'Authentication key replaced',
    );
  return changes;
}

function permissionChanges(old: Definition | undefined, now: Definition): string[] {
  const before = new Map(old?.permissions);
  const after = new Map(now.permissions);
  const changes: string[] = [];
  for (const [database, level] of after) {
    const was = before.get(database);
    if (was === level) continue;
    const name = nameOf(accessNames, level);
    changes.push(`${database}: ${was === undefined ? name : `${nameOf(accessNames, was)} → ${name}`}`);
  }
  for (const database of before.keys()) if (!after.has(database)) changes.push(`${database}: no access`);
  if (changes.length <= namedDatabases) return changes;
  return [...changes.slice(0, namedDatabases), `and ${changes.length - namedDatabases} more databases`];
}
