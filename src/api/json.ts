/** Readers for JSON from outside: each takes what may be anything and returns a value of its type, or throws. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function object(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('an object was expected');
  return value as JsonObject;
}

export const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

export function string(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('a string was expected');
  return value;
}

export const stringOr = <T>(value: unknown, otherwise: T): string | T =>
  typeof value === 'string' ? value : otherwise;

export const strings = (value: unknown): string[] => array(value).filter((item) => typeof item === 'string');

export function number(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError('a number was expected');
  return value;
}

export const oneOf = <T extends string, U>(names: readonly T[], value: unknown, otherwise: U): T | U =>
  names.find((name) => name === value) ?? otherwise;

/**
 * Milliseconds of a RavenDB date, null when there is none. Dates without a zone are read as UTC (contract §3.5); the seven fraction
 * digits of .NET are cut to the three that a `Date` holds.
 */
export function date(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,3})?\d*(Z|[+-]\d\d:\d\d)?$/.exec(value);
  if (match === null) return null;
  const [, seconds = '', fraction = '', zone = 'Z'] = match;
  const time = Date.parse(seconds + fraction + zone);
  return Number.isNaN(time) ? null : time;
}
