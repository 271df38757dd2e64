/** Bytes whose buffer is their own, as WebCrypto's types ask for. */
export type OwnedBytes = Uint8Array<ArrayBuffer>;

export function owned(bytes: Uint8Array): OwnedBytes {
  return Uint8Array.from(bytes);
}

export function concatBytes(...parts: Uint8Array[]): OwnedBytes {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
}

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  // One spread of the whole array overflows the stack from about 100,000 bytes on.
  for (let start = 0; start < bytes.length; start += 8192)
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return btoa(binary);
}

/** Standard base64; white space is allowed anywhere. Throws a DOMException for anything else. */
export function fromBase64(text: string): OwnedBytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Compares without stopping at the first difference; different lengths are no secret. */
export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}
