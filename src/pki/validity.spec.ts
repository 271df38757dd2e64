import * as asn1js from 'asn1js';
import { describe, expect, test } from 'vitest';
import { toDer } from './asn1.ts';
import { CertificateFileError } from './certificate-file-error.ts';
import { selfSignedClientCertificate } from './issue-certificate.ts';
import { parseCertificate } from './parse-certificate.ts';
import { readValidity } from './validity.ts';

const made = await selfSignedClientCertificate({ name: 'x', algorithm: 'P-256', notBefore: 0, notAfter: 1e12 });
const utcTime = 0x17;
const generalizedTime = 0x18;

/** A certificate with the end that is given, and whatever bytes; its signature doesn't matter here. */
function ending(tag: number, text: string): Uint8Array {
  const { result: root } = asn1js.fromBER(Uint8Array.from(made.der));
  const [tbs] = root instanceof asn1js.Sequence ? root.valueBlock.value : [];
  if (!(tbs instanceof asn1js.Sequence)) throw new Error('no certificate');
  const validity = tbs.valueBlock.value[4];
  if (!(validity instanceof asn1js.Sequence)) throw new Error('no dates');
  const valueHex = new TextEncoder().encode(text);
  validity.valueBlock.value[1] = new asn1js.Primitive({ idBlock: { tagClass: 1, tagNumber: tag & 0x1f }, valueHex });
  return toDer(root);
}

const endOf = (tag: number, text: string) => new Date(readValidity(ending(tag, text)).notAfter).toISOString();

describe('dates, each as RavenDB 7.2.7 read the same certificate', () => {
  test.each([
    [utcTime, '360101000000Z', '2036-01-01T00:00:00.000Z'],
    [utcTime, '491231235959Z', '2049-12-31T23:59:59.000Z'],
    [utcTime, '500101000000Z', '1950-01-01T00:00:00.000Z'],
    [utcTime, '360229000000Z', '2036-02-29T00:00:00.000Z'],
    [utcTime, '20360101000000Z', '2036-01-01T00:00:00.000Z'],
    [generalizedTime, '360101000000Z', '2036-01-01T00:00:00.000Z'],
    [generalizedTime, '19510101000000Z', '1951-01-01T00:00:00.000Z'],
    [generalizedTime, '20500101000000Z', '2050-01-01T00:00:00.000Z'],
    [generalizedTime, '00010101000000Z', '0001-01-01T00:00:00.000Z'],
    [generalizedTime, '00990301000000Z', '0099-03-01T00:00:00.000Z'],
    [generalizedTime, '99991231235959Z', '9999-12-31T23:59:59.000Z'],
  ])('tag %i: %s', async (tag, text, date) => {
    expect(endOf(tag, text)).toBe(date);
    expect(await parseCertificate(ending(tag, text))).toMatchObject({ notBefore: 0, notAfter: Date.parse(date) });
  });

  test.each([
    ...['3601010000Z', '360101000000+0100', '360101000000', '360101000000z', '350229000000Z', '360101240000Z'].map(
      (text) => [utcTime, text] as const,
    ),
    ...['360101000060Z', '361301000000Z', '3601 1000000Z', '-60101000000Z', 'hello world!!', ''].map(
      (text) => [utcTime, text] as const,
    ),
    ...['20500101000000+0100', '20500101000000-0530', '20500101000000', '20500101000000.5Z', '205001010000Z'].map(
      (text) => [generalizedTime, text] as const,
    ),
    ...['20500230000000Z', '21000229000000Z', '00000101000000Z', '20500100000000Z'].map(
      (text) => [generalizedTime, text] as const,
    ),
    ...['20500101000000.000Z', '2050010100Z', '20500001000000Z', '20500101006000Z'].map(
      (text) => [generalizedTime, text] as const,
    ),
  ])('tag %i: %j is refused, not guessed', async (tag, text) => {
    expect(() => readValidity(ending(tag, text))).toThrow(CertificateFileError);
    await expect(parseCertificate(ending(tag, text))).rejects.toMatchObject({ code: 'unreadable-date' });
  });

  test.each([
    [0x13, '20500101000000Z'],
    [generalizedTime, '100000101000000Z'],
    [generalizedTime, '20500101000000,5Z'],
  ])('tag %i: %j is no time at all, so that it is no certificate', async (tag, text) => {
    await expect(parseCertificate(ending(tag, text))).rejects.toMatchObject({ code: 'not-a-certificate' });
  });
});
