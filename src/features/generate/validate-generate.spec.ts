import { describe, expect, it } from 'vitest';
import { readOnlyProblem } from '../../domain/rights.ts';
import { emptyForm, type GenerateForm } from './generate-form.ts';
import { type GenerateLimits, nameProblem, validateGenerate } from './validate-generate.ts';

const limits: GenerateLimits = { now: Date.parse('2026-11-21T10:00:00Z'), readOnlyLicence: true, clusterAdmin: true };
const form: GenerateForm = { ...emptyForm, name: 'orders', grants: [{ item: 'Orders', level: 'Read' }] };

describe('validateGenerate', () => {
  it('finds nothing in a form that is right, without databases too', () => {
    expect(validateGenerate(form, limits)).toEqual({});
    expect(validateGenerate({ ...form, grants: [] }, limits)).toEqual({});
  });

  it.each(['', '   ', '\t', '\u00a0'])('wants a name: %j is none', (name) => {
    expect(validateGenerate({ ...form, name }, limits)).toEqual({
      name: expect.stringMatching(/^Enter a name/) as string,
    });
  });

  it.each([
    '../x',
    '"\'',
    '<img src=x onerror=alert(1)>',
    'a\nb',
    'שלום',
    '👩‍🚀',
    'x'.repeat(240),
    ' '.repeat(500) + 'x',
  ])('takes the name %j', (name) => {
    expect(nameProblem(name)).toBeUndefined();
  });

  it('counts the bytes of a name, which file names end at', () => {
    expect(nameProblem('x'.repeat(241))).toMatch(/241 bytes/);
    expect(nameProblem('日'.repeat(80))).toBeUndefined();
    expect(nameProblem('日'.repeat(81))).toMatch(/243 bytes/);
  });

  it('lets nothing but Read pass only with the licence for it', () => {
    const without = { ...limits, readOnlyLicence: false };
    expect(validateGenerate(form, without)).toEqual({ grants: readOnlyProblem });
    expect(validateGenerate(form, { ...limits, readOnlyLicence: null })).toEqual({});
    const mixed = [...form.grants, { item: 'Stock', level: 'Admin' as const }];
    expect(validateGenerate({ ...form, grants: mixed }, without)).toEqual({});
    expect(validateGenerate({ ...form, grants: [] }, without)).toEqual({});
    expect(validateGenerate({ ...form, clearance: 'Operator' }, without)).toEqual({});
  });

  it('refuses database names that RavenDB refuses, where they matter', () => {
    const odd = { ...form, grants: [{ item: 'a b', level: 'Admin' as const }] };
    expect(Object.keys(validateGenerate(odd, limits))).toEqual(['grants']);
    expect(validateGenerate({ ...odd, clearance: 'Operator' }, limits)).toEqual({});
  });

  it('lets only cluster admins issue cluster admins', () => {
    const admin: GenerateForm = { ...form, clearance: 'ClusterAdmin' };
    expect(validateGenerate(admin, limits)).toEqual({});
    expect(Object.keys(validateGenerate(admin, { ...limits, clusterAdmin: false }))).toEqual(['clearance']);
  });

  it('wants the second factor tried, or skipped on purpose', () => {
    const on: GenerateForm = { ...form, twoFactor: true };
    expect(Object.keys(validateGenerate(on, limits))).toEqual(['codeCheck']);
    expect(validateGenerate({ ...on, codeCheck: 'passed' }, limits)).toEqual({});
    expect(validateGenerate({ ...on, codeCheck: 'skipped' }, limits)).toEqual({});
  });

  it('names every field that is wrong at once', () => {
    const expiry = { ...form.expiry, amount: 'x' };
    expect(Object.keys(validateGenerate({ ...form, name: '', expiry, twoFactor: true }, limits))).toEqual([
      'name',
      'expiry',
      'codeCheck',
    ]);
  });
});
