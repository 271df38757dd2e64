import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** One DER element: tag, length, content. */
export function element(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
export const sequence = (...content: Uint8Array[]) => element(0x30, ...content);
export const oid = (hex: string) => element(0x06, Buffer.from(hex, 'hex'));

/** UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
function time(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '');
  return ms < Date.UTC(2050, 0) ? element(0x17, Buffer.from(text.slice(2))) : element(0x18, Buffer.from(text));
}

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
/** Digital signature; client authentication. */
const extensions = element(
  0xa3,
  sequence(
    sequence(oid('551d0f'), element(0x04, element(0x03, Buffer.from([7, 0x80])))),
    sequence(oid('551d25'), element(0x04, sequence(oid('2b06010505070302')))),
  ),
);
const version3 = element(0xa0, element(0x02, Buffer.from([2])));

/**
 * A self-signed client certificate with a new P-256 key, made some ten times faster than by a library for all kinds of certificates:
 * an example node has thousands. Nobody keeps the key. Dates are ms UTC.
 */
export function quickCertificate(name: string, notBefore: number, notAfter: number): Buffer {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = sequence(element(0x31, sequence(oid('550403'), element(0x0c, Buffer.from(name)))));
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = sequence(
    version3,
    element(0x02, serial),
    ecdsaWithSha256,
    subject,
    sequence(time(notBefore), time(notAfter)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  );
  const signature = sign('sha256', body, privateKey);
  return sequence(body, ecdsaWithSha256, element(0x03, Buffer.from([0]), signature));
}
