import * as asn1js from 'asn1js';
import { notACertificate } from './certificate-file-error.ts';
import { type OwnedBytes, owned } from './bytes.ts';

export type Asn1Node = asn1js.AsnType;

/** Nesting and size no honest certificate file comes near to; beyond them the parser stops instead of eating the stack. */
const MAX_DEPTH = 48;
const MAX_NODES = 60_000;

/**
 * Parses exactly one BER or DER element that fills `bytes`.
 * @throws CertificateFileError 'not-a-certificate' for anything else, however broken.
 */
export function parseAsn1(bytes: Uint8Array): Asn1Node {
  const { node, length } = parseFirstAsn1(bytes);
  if (length !== bytes.length) throw notACertificate();
  return node;
}

/** Like `parseAsn1`, but bytes may follow the element. */
export function parseFirstAsn1(bytes: Uint8Array): { node: Asn1Node; length: number } {
  let parsed: ReturnType<typeof asn1js.fromBER>;
  try {
    parsed = asn1js.fromBER(owned(bytes), { maxDepth: MAX_DEPTH, maxNodes: MAX_NODES, parseEmbedded: false });
  } catch {
    throw notACertificate();
  }
  if (parsed.offset <= 0 || parsed.result.error !== '') throw notACertificate();
  return { node: parsed.result, length: parsed.offset };
}

/** The elements of a SEQUENCE, SET or constructed context tag. */
export function childrenOf(node: Asn1Node | undefined): Asn1Node[] {
  if (node instanceof asn1js.Constructed || node instanceof asn1js.Sequence || node instanceof asn1js.Set)
    return node.valueBlock.value;
  throw notACertificate();
}

export function oidOf(node: Asn1Node | undefined): string {
  if (node instanceof asn1js.ObjectIdentifier) return node.valueBlock.toString();
  throw notACertificate();
}

/** Content of an OCTET STRING, also of one in pieces, and of `[0] IMPLICIT OCTET STRING` as PKCS#7 writes it. */
export function octetsOf(node: Asn1Node | undefined): OwnedBytes {
  if (node instanceof asn1js.OctetString) return owned(new Uint8Array(node.getValue()));
  if (node?.idBlock.tagClass === 3) {
    if (node instanceof asn1js.Primitive) return owned(node.valueBlock.valueHexView);
    const parts = childrenOf(node).map(octetsOf);
    return owned(new Uint8Array(parts.flatMap((part) => [...part])));
  }
  throw notACertificate();
}

/** A non-negative INTEGER; numbers beyond 2^53 come back as Infinity. */
export function integerOf(node: Asn1Node | undefined): number {
  if (!(node instanceof asn1js.Integer)) throw notACertificate();
  const bytes = node.valueBlock.valueHexView;
  if (bytes.length === 0 || (bytes[0] ?? 0) >= 0x80) throw notACertificate();
  const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(value) ? value : Infinity;
}

/** The element's own bytes, tag and length included. */
export function rawOf(node: Asn1Node): OwnedBytes {
  return owned(node.valueBeforeDecodeView);
}

export function isSequence(node: Asn1Node | undefined): node is asn1js.Sequence {
  return node instanceof asn1js.Sequence;
}

/** Is it `[number]`, context-specific? */
export function isTagged(node: Asn1Node | undefined, number: number): boolean {
  return node?.idBlock.tagClass === 3 && node.idBlock.tagNumber === number;
}

export function toDer(node: Asn1Node): OwnedBytes {
  return new Uint8Array(node.toBER());
}
