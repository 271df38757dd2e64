import * as asn1js from 'asn1js';
import { type Asn1Node, childrenOf, isTagged, parseFirstAsn1 } from './asn1.ts';
import { CertificateFileError, notACertificate } from './certificate-file-error.ts';

/** From when to when a certificate holds: ms since 1970, UTC. */
export interface Validity {
  notBefore: number;
  notAfter: number;
}

/**
 * The dates of a certificate in DER, read as RavenDB (.NET) reads them; bytes may follow the certificate.
 * @throws CertificateFileError 'unreadable-date' when one isn't a date that X.509 allows, 'not-a-certificate'
 */
export function readValidity(der: Uint8Array): Validity {
  const tbs = childrenOf(childrenOf(parseFirstAsn1(der).node)[0]);
  return validityOf(tbs[isTagged(tbs[0], 0) ? 4 : 3]);
}

/** @param validity `SEQUENCE { notBefore Time, notAfter Time }` (RFC 5280 §4.1.2.5) @throws as `readValidity` */
export function validityOf(validity: Asn1Node | undefined): Validity {
  const [notBefore, notAfter] = childrenOf(validity);
  return { notBefore: readTime(notBefore), notAfter: readTime(notAfter) };
}

/**
 * X.509 knows two forms, both in UTC and to the second: `YYMMDDHHMMSSZ` with the years 1950 to 2049, and `YYYYMMDDHHMMSSZ`. ASN.1 has
 * more (offsets, fractions, no zone), and readers disagree on them, so they are refused, as .NET does. .NET tells the two by their
 * length, whatever the tag says.
 */
function readTime(time: Asn1Node | undefined): number {
  if (!(time instanceof asn1js.UTCTime) && !(time instanceof asn1js.GeneralizedTime)) throw notACertificate();
  const text = String.fromCharCode(...time.valueBlock.valueHexView.subarray(0, 16));
  const [, digits] = /^(\d{12}|\d{14})Z$/.exec(text) ?? [];
  if (digits === undefined) throw unreadable();
  const short = digits.length === 12;
  const [month = 0, day = 0, ...clock] = (digits.slice(short ? 2 : 4).match(/../g) ?? []).map(Number);
  const written = Number(digits.slice(0, short ? 2 : 4));
  const year = short ? written + (written < 50 ? 2000 : 1900) : written;
  const date = new Date(0);
  // Date.UTC takes the years 0 to 99 for those of the last century.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(clock[0] ?? 0, clock[1], clock[2]);
  // What isn't in the calendar (30 February, 24:00, a leap second) moves on; the year 0 isn't one of .NET's.
  const back = date.toISOString().replace(/\D/g, '').slice(0, 14);
  if (year === 0 || back !== `${String(year).padStart(4, '0')}${digits.slice(-10)}`) throw unreadable();
  return date.getTime();
}

function unreadable(): CertificateFileError {
  return new CertificateFileError(
    'unreadable-date',
    'A date in the certificate isn’t written as X.509 asks (UTC, to the second), and RavenDB refuses such a certificate. Ask whoever issued it for another one.',
  );
}
