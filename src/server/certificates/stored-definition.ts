import { blankDefinition, clearance, usage, type Definition, type SsoIdentifier } from './definition.ts';

/** The name of an entry of which nothing else can be told. */
export const unreadableName = 'Unreadable entry';

/**
 * Does the entry lack the dates that every certificate has? Nobody gets in by such an entry: it is there to be seen and deleted. Single
 * sign-on users are no certificates.
 */
export const isUnreadable = ({ notAfter, usage: used }: Definition): boolean =>
  used !== usage.ssoClient && notAfter === null;

/**
 * What the store holds of an entry. What can't be read of it must not hide the others: dates that are none become null, and where more is wrong
 * the entry is nothing but its thumbprint.
 */
export function readDefinition(key: string, value: unknown): Definition {
  if (!isDefinition(value) || value.thumbprint.toLowerCase() !== key)
    return {
      ...blankDefinition,
      ...unreadable,
      name: unreadableName,
      thumbprint: key.toUpperCase(),
      clearance: clearance.unauthenticated,
      pinningHash: '',
    };
  return value.usage === usage.ssoClient || (isDate(value.notAfter) && isDate(value.notBefore))
    ? value
    : { ...value, ...unreadable };
}

/** Furthest from 1970 that a `Date` goes, in ms. */
const furthest = 8.64e15;

const isDate = (value: number | null): boolean =>
  value !== null && Number.isInteger(value) && Math.abs(value) <= furthest;

const unreadable = { notAfter: null, notBefore: null, disabled: true } as const;

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const orNull =
  <T>(is: (value: unknown) => value is T) =>
  (value: unknown): value is T | null =>
    value === null || is(value);
const listOf =
  <T>(is: (value: unknown) => value is T) =>
  (value: unknown): value is T[] =>
    Array.isArray(value) && value.every(is);

const isPermission = (value: unknown): value is readonly [string, number] =>
  Array.isArray(value) && value.length === 2 && isText(value[0]) && isNumber(value[1]);

const isSsoIdentifier = (value: unknown): value is SsoIdentifier =>
  typeof value === 'object' &&
  value !== null &&
  'provider' in value &&
  isNumber(value.provider) &&
  'domain' in value &&
  orNull(isText)(value.domain) &&
  'identifier' in value &&
  isText(value.identifier);

const fields: { readonly [Name in keyof Required<Definition>]: (value: unknown) => boolean } = {
  name: isText,
  thumbprint: isText,
  clearance: isNumber,
  permissions: listOf(isPermission),
  // JSON has no NaN, and writes null for it.
  notAfter: orNull(isNumber),
  notBefore: orNull(isNumber),
  secondaries: listOf(isText),
  primary: isText,
  pinningHash: isText,
  disabled: isFlag,
  usage: orNull(isNumber),
  ssoServerHashes: listOf(isText),
  allowAnySsoServer: isFlag,
  ssoIdentifiers: listOf(isSsoIdentifier),
  twoFactorKey: (value) => value === undefined || isText(value),
};

function isDefinition(value: unknown): value is Definition {
  if (typeof value !== 'object' || value === null) return false;
  const found = new Map(Object.entries(value));
  return Object.entries(fields).every(([name, isRight]) => isRight(found.get(name)));
}
