import { CertificateFileError } from './certificate-file-error.ts';

/**
 * The beginning of a certificate as RavenDB (.NET on OpenSSL) reads it: libraries turn dates that it can't read into others, or take the whole
 * for no certificate at all.
 */
export interface CertificateHead {
  /** False for X.509 version 1, which writes none. */
  readonly hasVersion: boolean;
  /** ms UTC; NaN for a date that RavenDB can't read. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Undefined when the bytes, DER or BER, don't begin as a certificate does. Says nothing of what follows the dates. */
export function readHead(der: Uint8Array): CertificateHead | undefined {
  try {
    const certificate = elementAt(der, 0);
    const body = elementAt(der, expectTag(certificate, tags.sequence).start);
    let next = elementAt(der, expectTag(body, tags.sequence).start);
    const hasVersion = next.tag === tags.version;
    // Serial number, algorithm, issuer; in front of them the version.
    for (let skipped = hasVersion ? 4 : 3; skipped > 0; skipped--) next = elementAt(der, next.next);
    const begins = elementAt(der, expectTag(next, tags.sequence).start);
    const ends = elementAt(der, expectTag(begins, ...tags.times).next);
    return { hasVersion, notBefore: timeOf(der, begins), notAfter: timeOf(der, expectTag(ends, ...tags.times)) };
  } catch (error) {
    if (!(error instanceof NoElement)) throw error;
    return undefined;
  }
}

/** The DER of the subject public key info as it stands in a certificate, whatever key it is; undefined as for `readHead`. */
export function publicKeyInfoOf(der: Uint8Array): Uint8Array | undefined {
  try {
    const body = elementAt(der, expectTag(elementAt(der, 0), tags.sequence).start);
    let at = expectTag(body, tags.sequence).start;
    const first = elementAt(der, at);
    // Serial number, algorithm, issuer, dates, subject; in front of them the version.
    for (let skipped = first.tag === tags.version ? 6 : 5; skipped > 0; skipped--) at = elementAt(der, at).next;
    return der.subarray(at, expectTag(elementAt(der, at), tags.sequence).next);
  } catch (error) {
    if (!(error instanceof NoElement)) throw error;
    return undefined;
  }
}

/** Are both dates ones that RavenDB reads? */
export const hasReadableDates = ({ notBefore, notAfter }: CertificateHead): boolean =>
  !Number.isNaN(notBefore) && !Number.isNaN(notAfter);

/** @throws CertificateFileError 'unreadable-dates' for a certificate that RavenDB refuses for its dates */
export function expectReadableDates(der: Uint8Array): void {
  const head = readHead(der);
  if (head !== undefined && !hasReadableDates(head)) throw unreadableDates();
}

export const unreadableDates = (): CertificateFileError =>
  new CertificateFileError(
    'unreadable-dates',
    'The dates between which this certificate is valid can’t be read, and RavenDB refuses it. Have it issued anew.',
  );

/** A UTCTime and a GeneralizedTime are told apart by their length alone, whatever their tags say; both end in `Z` (measured on RavenDB 7.2.7). */
function timeOf(der: Uint8Array, { start, end }: Element): number {
  const text = String.fromCharCode(...der.subarray(start, Math.min(end, start + 16)));
  const fields = /^(\d\d(?:\d\d)?)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (fields === null) return Number.NaN;
  const [, written = '', ...rest] = fields;
  const year = written.length === 4 ? written : `${Number(written) < 50 ? 20 : 19}${written}`;
  const [month, day, hour, minute, second] = rest;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const ms = Date.parse(iso);
  // `Date` rolls 30 February over into March; .NET has no year 0.
  return !Number.isNaN(ms) && new Date(ms).toISOString() === iso && year !== '0000' ? ms : Number.NaN;
}

const tags = { sequence: 0x30, version: 0xa0, times: [0x17, 0x18] } as const;
const deepest = 48;

interface Element {
  readonly tag: number;
  /** Where its content begins and ends. */
  readonly start: number;
  readonly end: number;
  /** Where the element behind it begins. */
  readonly next: number;
}

class NoElement extends Error {}

function expectTag(element: Element, ...expected: readonly number[]): Element {
  if (!expected.includes(element.tag)) throw new NoElement();
  return element;
}

/** @throws NoElement */
function elementAt(bytes: Uint8Array, at: number, depth = 0): Element {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || depth > deepest) throw new NoElement();
  if (first === 0x80) return indefiniteAt(bytes, at, tag, depth);
  const more = first < 0x80 ? 0 : first & 0x7f;
  let length = more === 0 ? first : 0;
  if (more > 4) throw new NoElement();
  for (let index = 0; index < more; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  const start = at + 2 + more;
  if (start + length > bytes.length) throw new NoElement();
  return { tag, start, end: start + length, next: start + length };
}

/** BER: content that ends with two zeros instead of saying its length. */
function indefiniteAt(bytes: Uint8Array, at: number, tag: number, depth: number): Element {
  if ((tag & 0x20) === 0) throw new NoElement();
  let end = at + 2;
  while (bytes[end] !== 0 || bytes[end + 1] !== 0) end = elementAt(bytes, end, depth + 1).next;
  return { tag, start: at + 2, end, next: end + 2 };
}
