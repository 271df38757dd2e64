import { describe, expect, it } from 'vitest';
import { defaultExpiry, type ExpiryForm, expiryEnd, expiryLike } from './expiry.ts';

const now = Date.parse('2026-11-21T15:30:12Z');
const endOf = (form: Partial<ExpiryForm>, at = now): unknown => {
  const end = expiryEnd({ ...defaultExpiry, ...form }, at);
  return typeof end === 'number' ? new Date(end).toISOString() : end;
};

describe('expiryEnd', () => {
  it('is five years from today unless told otherwise, to the last second of the day', () => {
    expect(endOf({})).toBe('2031-11-21T23:59:59.000Z');
  });

  it('never gives less than asked, late in the evening either', () => {
    expect(endOf({ unit: 'days', amount: '1' }, Date.parse('2026-11-21T23:59:59Z'))).toBe('2026-11-22T23:59:59.000Z');
  });

  it.each([
    ['2026-01-31', 'months', '1', '2026-02-28'],
    ['2028-01-31', 'months', '1', '2028-02-29'],
    ['2028-02-29', 'years', '1', '2029-02-28'],
    ['2026-12-31', 'months', '2', '2027-02-28'],
    ['2026-11-21', 'days', ' 90 ', '2027-02-19'],
  ] as const)('%s and %s %s', (today, unit, amount, last) => {
    expect(endOf({ unit, amount }, Date.parse(`${today}T08:00:00Z`))).toBe(`${last}T23:59:59.000Z`);
  });

  it('takes a day itself, today included', () => {
    expect(endOf({ unit: 'date', date: '2027-03-01' })).toBe('2027-03-01T23:59:59.000Z');
    expect(endOf({ unit: 'date', date: '2026-11-21' })).toBe('2026-11-21T23:59:59.000Z');
    expect(endOf({ unit: 'date', date: '2026-11-20' })).toBe('This day has passed.');
  });

  it.each(['', '0', '-1', '1.5', '1e3', 'five', '12345678'])('refuses the amount “%s”', (amount) => {
    expect(endOf({ amount })).toBe('Enter a whole number of years, from 1.');
  });

  it('refuses days that no calendar has, and years that no certificate can hold', () => {
    expect(endOf({ unit: 'date', date: '2027-13-01' })).toBe('Choose the day on which the certificate ends.');
    expect(endOf({ unit: 'date', date: '' })).toBe('Choose the day on which the certificate ends.');
    expect(endOf({ amount: '7973' })).toBe('9999-11-21T23:59:59.000Z');
    expect(endOf({ amount: '7974' })).toMatch(/9999/);
    expect(endOf({ amount: '999999' })).toMatch(/9999/);
    expect(endOf({ unit: 'date', date: '10000-01-01' })).toMatch(/day/);
  });
});

describe('expiryLike', () => {
  const like = (from: string, to: string) => {
    const { unit, amount } = expiryLike(Date.parse(from), Date.parse(to));
    return `${amount} ${unit}`;
  };
  it('sees through the week that RavenDB sets certificates back', () => {
    expect(like('2026-11-14T00:00:00Z', '2031-11-21T00:00:00Z')).toBe('5 years');
    expect(like('2026-11-14T00:00:00Z', '2027-05-21T23:59:59Z')).toBe('6 months');
  });
  it('knows spans of other makers, to a day', () => {
    expect(like('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toBe('1 years');
    expect(like('2026-01-01T12:00:00Z', '2026-12-31T23:59:59Z')).toBe('1 years');
    expect(like('2026-01-01T00:00:00Z', '2026-02-20T00:00:00Z')).toBe('50 days');
  });
  it('falls back to the default without dates', () => {
    expect(expiryLike(null, now)).toBe(defaultExpiry);
    expect(expiryLike(now, now)).toBe(defaultExpiry);
  });
});
