import { InvalidArgumentError } from 'commander';
import { databaseAccessLevels, type DatabasePermission } from '../../api/types.ts';
import { day } from '../../domain/certificate-state.ts';
import { offeredClearances } from '../../domain/clearance.ts';
import { databaseNameProblem } from '../../domain/database-name.ts';

/** What people may give; see `offeredClearances`. */
export type OfferedClearance = (typeof offeredClearances)[number];

const plain = (text: string): string => text.replace(/[\s_-]/g, '').toLowerCase();

/** One of `names`, whatever its case and with or without dashes: `not-yet-valid` is `notYetValid`. */
export function oneOfNames<T extends string>(names: readonly T[], text: string): T {
  const found = names.find((name) => plain(name) === plain(text));
  if (found === undefined) throw new InvalidArgumentError(`Choose one of ${names.join(', ')}.`);
  return found;
}

export const parseClearance = (text: string): OfferedClearance => oneOfNames(offeredClearances, text);

/** `valid,expiring` → two names. May be given several times. */
export const listOf =
  <T extends string>(names: readonly T[]) =>
  (text: string, before: readonly T[] = []): readonly T[] => [
    ...before,
    ...text.split(',').map((part) => oneOfNames(names, part)),
  ];

function database(name: string): string {
  const problem = databaseNameProblem(name);
  if (problem !== null) throw new InvalidArgumentError(problem);
  return name;
}

/** `Orders=ReadWrite`, given several times; of two for the same database the last counts. */
export function parseGrant(text: string, before: readonly DatabasePermission[] = []): readonly DatabasePermission[] {
  const at = text.lastIndexOf('=');
  if (at < 0)
    throw new InvalidArgumentError(`Write it as DATABASE=LEVEL, LEVEL one of ${databaseAccessLevels.join(', ')}.`);
  const granted = {
    database: database(text.slice(0, at)),
    access: oneOfNames(databaseAccessLevels, text.slice(at + 1)),
  };
  return mergePermissions(before, [granted]);
}

export const parseRevoke = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  database(text),
];

/** `changes` over `before`; RavenDB compares names of databases without case. */
export function mergePermissions(
  before: readonly DatabasePermission[],
  changes: readonly DatabasePermission[],
): DatabasePermission[] {
  const byName = new Map(before.map((permission) => [permission.database.toLowerCase(), permission]));
  for (const permission of changes) byName.set(permission.database.toLowerCase(), permission);
  return [...byName.values()];
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: day, w: 7 * day, y: 365 * day };

/** `30d`, `12h`, `2w`, `90m`, `1y` (365 days) in milliseconds; a bare number counts `defaultUnit`. */
export function parseDuration(text: string, defaultUnit = 'd'): number {
  const match = /^(\d+(?:\.\d+)?)([mhdwy]?)$/i.exec(text.trim());
  const unit = units[match?.[2]?.toLowerCase() || defaultUnit];
  if (match === null || unit === undefined)
    throw new InvalidArgumentError('Write it as a number with m, h, d, w or y: 90m, 12h, 30d, 2w, 1y.');
  return Number(match[1]) * unit;
}

/** The number of whole minutes, for two-factor sessions; a bare number counts minutes. */
export function parseMinutes(text: string): number {
  const minutes = Math.round(parseDuration(text, 'm') / 60_000);
  if (minutes < 1) throw new InvalidArgumentError('A session lasts at least a minute.');
  return minutes;
}

/**
 * `2031-11-21` (midnight UTC), a full ISO time, or a time from now: `90d`, `2y`. Milliseconds UTC.
 * @throws InvalidArgumentError also when it has passed
 */
export function parseEnd(text: string, now: number): number {
  const years = /^(\d+)y$/i.exec(text.trim())?.[1];
  const date = /^\d{4}-\d\d-\d\d(T.+)?$/.test(text.trim()) ? Date.parse(text.trim()) : undefined;
  const end =
    years !== undefined
      ? new Date(now).setUTCFullYear(new Date(now).getUTCFullYear() + Number(years))
      : (date ?? now + parseDuration(text));
  // `2031-02-30` is a date to Date.parse: another day comes out than went in.
  if (Number.isNaN(end) || (date !== undefined && new Date(end).toISOString().slice(0, 7) !== text.trim().slice(0, 7)))
    throw new InvalidArgumentError('Write it as 2031-11-21, or as a time from now: 90d, 2y.');
  if (end <= now) throw new InvalidArgumentError('It lies in the past.');
  if (end > Date.UTC(9999, 11, 31)) throw new InvalidArgumentError('It lies beyond the year 9999.');
  return end;
}
