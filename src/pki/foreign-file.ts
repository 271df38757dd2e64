import { CertificateFileError } from './certificate-file-error.ts';

/** A file that is something else than a certificate, called what it is, with what to do instead. */
export function foreign(what: string, next: string): CertificateFileError {
  return new CertificateFileError('not-a-certificate', `${what} ${next}`);
}

const toPkcs12 = (type: string): string =>
  `Convert it with “keytool -importkeystore -srckeystore FILE${type} -destkeystore new.p12 -deststoretype PKCS12” and choose new.p12.`;

/** By their first bytes. Sources: OpenJDK's JavaKeyStore and JceKeyStore, Bouncy Castle's BcKeyStoreSpi, SQLite's file format, RFC 4880. */
const magics: readonly (readonly [number[], string, string])[] = [
  [[0xfe, 0xed, 0xfe, 0xed], 'This is a Java keystore (JKS).', toPkcs12('')],
  [[0xce, 0xce, 0xce, 0xce], 'This is a Java keystore (JCEKS).', toPkcs12(' -srcstoretype JCEKS')],
  [[0, 0, 0, 1, 0, 0, 0, 20], 'This is a Bouncy Castle keystore (BKS).', bouncy()],
  [[0, 0, 0, 2, 0, 0, 0, 20], 'This is a Bouncy Castle keystore (BKS).', bouncy()],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'This is a database, as Firefox keeps its certificates in.', firefox()],
  [[0, 0, 0, 0, 0x43, 0x45, 0x52, 0x54], 'This is a Windows certificate store (.sst).', sst()],
  [[0x1e, 0xf1, 0xb5, 0xb0], 'This is a Windows private key (.pvk), without a certificate.', aCertificate()],
  [[0x1f, 0x8b], 'This file is compressed (gzip).', 'Unpack it and choose the certificate in it.'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'This is a 7-Zip archive.', 'Unpack it and choose the certificate in it.'],
  [[0x52, 0x61, 0x72, 0x21], 'This is a RAR archive.', 'Unpack it and choose the certificate in it.'],
  [[0x25, 0x50, 0x44, 0x46], 'This is a PDF document.', aCertificate()],
  [[0x89, 0x50, 0x4e, 0x47], 'This is a picture.', aCertificate()],
  [[0xff, 0xd8, 0xff], 'This is a picture.', aCertificate()],
];

function bouncy(): string {
  return 'Export the certificate from it as PKCS#12 (in KeyStore Explorer: Tools, Change KeyStore Type) and choose the .p12.';
}
function firefox(): string {
  return 'In Firefox: Settings, Privacy & Security, View Certificates, Your Certificates, Backup; then choose that .p12.';
}
function sst(): string {
  return 'Open it by a double click, export the certificate (All Tasks, Export) as .cer, and choose that.';
}
function aCertificate(): string {
  return 'Choose the certificate: a .pfx, .p12, .cer, .crt, .der or .pem file.';
}

const pgp = 'This is a PGP key or message. RavenDB takes X.509 certificates only:';
const ssh = 'This is an SSH key. RavenDB takes X.509 certificates only:';
const askAuthority = 'choose the certificate that an authority issued, or generate one in this console.';

/** By what stands in the text, the surest first. */
const texts: readonly (readonly [RegExp, string, string])[] = [
  [/-----BEGIN PGP /, pgp, askAuthority],
  [/-----BEGIN (?:OPENSSH|SSH2) |---- BEGIN SSH2 |^(?:ssh-|ecdsa-sha2-|sk-)[a-z0-9@.-]+ AAAA/m, ssh, askAuthority],
  [/^PuTTY-User-Key-File-/, ssh, askAuthority],
  [/-----BEGIN (?:X509 )?CRL-----/, 'This is a list of revoked certificates (CRL), not a certificate.', aCertificate()],
  [
    /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----/,
    'This is a request for a certificate, not a certificate.',
    'Choose the certificate that the authority sent back.',
  ],
  [
    /-----BEGIN (?:RSA |EC |DSA )?PUBLIC KEY-----/,
    'This is a public key without a certificate.',
    'Choose the certificate that was issued for it.',
  ],
  [
    /^[ \t]*client-certificate-data:|^kind: *Config\b/m,
    'This is a kubeconfig.',
    'Copy the value behind client-certificate-data and paste it as text.',
  ],
  [
    /<(?:ds:)?X509Certificate\b/,
    'This is XML with a certificate in it.',
    'Copy what stands between <X509Certificate> and its end, and paste it as text.',
  ],
  [
    /^\s*<(?:!doctype html|html|head|body)\b/i,
    'This is a web page, not a certificate: often one that asks to sign in.',
    'Download the certificate again.',
  ],
  [
    /^\s*Certificate:[ \t\r]*\n\s*Data:/,
    'This is a certificate written out for people to read, without the certificate itself.',
    'Choose the .crt, .cer or .pem file that it was made from.',
  ],
  [
    /-----BEGIN (?:EC|DSA|DH) PARAMETERS-----/,
    'These are parameters of a key, without key or certificate.',
    aCertificate(),
  ],
];

/** @returns what is known of the file, or undefined */
export function foreignBytes(bytes: Uint8Array): CertificateFileError | undefined {
  if (bytes.length === 0)
    return new CertificateFileError('not-a-certificate', 'The file is empty. Copy or download it again.');
  for (const [magic, what, next] of magics)
    if (magic.every((byte, at) => bytes[at] === byte)) return foreign(what, next);
  // An old-format packet: a secret or public key, or a signature; the lengths that keys have (RFC 4880 §4.2).
  const [first = 0, second = 0] = bytes;
  return (first === 0x99 || first === 0x95) && second < 0x10 ? foreign(pgp, askAuthority) : undefined;
}

/** @returns what is known of the text, or undefined */
export function foreignText(text: string): CertificateFileError | undefined {
  if (text.trim() === '')
    return new CertificateFileError('not-a-certificate', 'The file is empty. Copy or download it again.');
  const found = texts.find(([pattern]) => pattern.test(text));
  return found && foreign(found[1], found[2]);
}

/** DER that ends before it should, or was changed as text on its way. @returns undefined when it is neither */
export function brokenOnItsWay(bytes: Uint8Array): CertificateFileError | undefined {
  const changed = foreign(
    'The file was changed on its way: it was transferred or saved as text.',
    'Transfer it again in binary mode (with FTP: “binary”).',
  );
  // What a text editor puts where bytes are no characters.
  if (bytes[0] === 0x30 && indexOf(bytes, [0xef, 0xbf, 0xbd]) >= 0) return changed;
  const said = statedLength(bytes);
  if (said === undefined) return undefined;
  const breaks = bytes.length !== said && bytes.includes(0x0a);
  if (breaks && bytes.every((byte, at) => byte !== 0x0a || bytes[at - 1] === 0x0d)) return changed;
  if (bytes.length < said)
    return foreign(
      `The file is cut off: ${bytes.length.toLocaleString('en')} of ${said.toLocaleString('en')} bytes are there.`,
      'Copy or download it again, in binary mode.',
    );
  return undefined;
}

/** The length that a SEQUENCE at the beginning states, its header included; undefined when there is none, or it has no end of its own. */
function statedLength(bytes: Uint8Array): number | undefined {
  const [tag, length = 0, ...more] = bytes.subarray(0, 2 + 4);
  if (tag !== 0x30 || length === 0x80) return undefined;
  if (length < 0x80) return 2 + length;
  const size = length & 0x7f;
  return size > 4 ? undefined : 2 + size + more.slice(0, size).reduce((sum, byte) => sum * 256 + byte, 0);
}

function indexOf(bytes: Uint8Array, part: number[]): number {
  return bytes.findIndex((_, at) => part.every((byte, offset) => bytes[at + offset] === byte));
}
