import { limits } from '../limits.ts';
import { formatError, nullReferenceError, RavenException } from './raven-exception.ts';
import { JsonNumber, type JsonObject, type JsonValue } from './json-reader.ts';

/** How RavenDB names the type of a value in the message of a failed conversion. */
function nameOf(value: JsonValue): string {
  if (typeof value === 'string') return `Sparrow.Json.LazyStringValue ('${value}')`;
  if (value instanceof JsonNumber)
    return value.whole ? `System.Int64 ('${value.text}')` : `Sparrow.Json.LazyNumberValue ('${value.text}')`;
  if (typeof value === 'boolean') return `System.Boolean ('${value ? 'True' : 'False'}')`;
  if (Array.isArray(value)) return 'Sparrow.Json.BlittableJsonReaderArray';
  return 'Sparrow.Json.BlittableJsonReaderObject';
}

/** The exception of a value that can't become what a property needs; `inner` tells why. */
export function conversionError(value: JsonValue, to: string, inner?: RavenException): RavenException {
  return formatError(`Could not convert ${nameOf(value)} to ${to}`, inner);
}

/** A string property; one of another JSON type counts as missing (measured on 7.2.7). */
export function stringOf(object: JsonObject, name: string): string | undefined {
  const value = object.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** A Boolean property: true/false, their names in any case, or a number. Missing and null give undefined. */
export function booleanOf(object: JsonObject, name: string): boolean | undefined {
  const value = object.get(name);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean') return value;
  if (value instanceof JsonNumber && value.whole) return Number(value.text) !== 0;
  if (typeof value === 'string') {
    const word = value.trim().toLowerCase();
    if (word === 'true') return true;
    if (word === 'false') return false;
  }
  throw conversionError(value, 'System.Boolean');
}

const isoDate = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * A date property as ms UTC; missing and null give undefined. A whole ISO date and time with up to seven fractional digits is needed;
 * one without a zone is the server's local time, and this server lives in UTC.
 */
export function dateOf(object: JsonObject, name: string): number | undefined {
  const value = object.get(name);
  if (value === undefined || value === null) return undefined;
  const parts = typeof value === 'string' ? isoDate.exec(value) : null;
  if (parts !== null) {
    const [, year, month, day, hour, minute, second, fraction, zone] = parts;
    const local = Date.parse(
      `${year}-${month}-${day}T${hour}:${minute}:${second}.${(fraction ?? '').padEnd(3, '0').slice(0, 3)}Z`,
    );
    const back = Number.isNaN(local) ? '' : new Date(local).toISOString().slice(0, 19);
    // Date.parse takes 24:00 and rolls it over; RavenDB doesn't.
    if (back === `${year}-${month}-${day}T${hour}:${minute}:${second}`) {
      if (zone === undefined || zone === 'Z') return local;
      const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
      return local - (zone.startsWith('-') ? -minutes : minutes) * 60_000;
    }
  }
  throw conversionError(value, 'System.DateTime');
}

/** An object property; missing and null give undefined. */
export function objectOf(object: JsonObject, name: string): JsonObject | undefined {
  const value = object.get(name);
  if (value === undefined || value === null) return undefined;
  if (value instanceof Map) return value;
  throw conversionError(value, 'Sparrow.Json.BlittableJsonReaderObject');
}

/** An array property; missing and null give undefined. */
export function arrayOf(object: JsonObject, name: string): JsonValue[] | undefined {
  const value = object.get(name);
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value;
  throw conversionError(value, 'Sparrow.Json.BlittableJsonReaderArray');
}

/** The strings of an array property; numbers in it become their text, and a null is RavenDB's NullReferenceException. */
export function stringsOf(object: JsonObject, name: string): string[] | undefined {
  return arrayOf(object, name)?.flatMap((value) => {
    if (value === null) throw nullReferenceError();
    return typeof value === 'string' ? [value] : value instanceof JsonNumber ? [value.text] : [];
  });
}

/** The text of a JSON value as RavenDB would write it back. Throws InvalidDataException for one that is nested too deep to be kept. */
export function writeJson(value: JsonValue, depth = 0): string {
  if (depth > limits.keptDepth)
    throw new RavenException(
      'System.IO.InvalidDataException',
      `A document may be nested ${limits.keptDepth} deep at most`,
    );
  const write = (child: JsonValue) => writeJson(child, depth + 1);
  if (value instanceof JsonNumber) return numberText(value.text);
  if (value instanceof Map)
    return `{${[...value].map(([name, child]) => `${JSON.stringify(name)}:${write(child)}`).join(',')}}`;
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  return JSON.stringify(value);
}

/** The reader takes forms that JSON doesn't have (`1.`, `-`, `NaN`); they are written as JSON. */
function numberText(text: string): string {
  if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return text;
  const number = Number(text);
  return Number.isFinite(number) ? String(number) : JSON.stringify(text);
}

/** The exception of text that isn't one of an enumeration's names. */
export function unknownName(value: string): RavenException {
  return new RavenException('System.ArgumentException', `Requested value '${value}' was not found.`);
}

/**
 * A number of a .NET enumeration out of text: a name, several with commas between them (their bits together), or a whole number.
 * Blanks around are ignored. Returns undefined when it is none of these; throws an OverflowException when it doesn't fit 32 bits.
 */
export function parseEnumText(text: string, names: readonly string[], ignoreCase: boolean): number | undefined {
  const trimmed = text.trim();
  if (/^[+-]?\d+$/.test(trimmed)) {
    const number = Number(trimmed);
    if (number > 2147483647 || number < -2147483648)
      throw new RavenException('System.OverflowException', 'Value was either too large or too small for an Int32.');
    return number;
  }
  // All names of any enumeration are shorter.
  if (trimmed.length > 1_000) return undefined;
  let bits = 0;
  for (const part of trimmed.split(',')) {
    const name = part.trim();
    const found = names.findIndex((n) => (ignoreCase ? n.toLowerCase() === name.toLowerCase() : n === name));
    if (found < 0) return undefined;
    bits |= found;
  }
  return bits;
}

/**
 * An enumeration's property, by name in exact case or by number, also out of range (both as measured). Missing and null give undefined.
 * @param names the names in the order of their numbers
 * @param type full .NET name of the enumeration, for the message
 */
export function enumOf(object: JsonObject, name: string, names: readonly string[], type: string): number | undefined {
  const value = object.get(name);
  if (value === undefined || value === null) return undefined;
  if (value instanceof JsonNumber && value.whole) {
    const number = Number(value.text);
    if (number <= 2147483647 && number >= -2147483648) return number;
  }
  if (typeof value === 'string') {
    try {
      const number = parseEnumText(value, names, false);
      if (number !== undefined) return number;
    } catch (error) {
      throw conversionError(value, type, error instanceof RavenException ? error : undefined);
    }
    throw conversionError(value, type, unknownName(value));
  }
  throw conversionError(value, type);
}
