import type Forge from 'node-forge';
import { owned, type OwnedBytes } from './bytes.ts';

/**
 * What WebCrypto doesn't have and old .pfx files need: the key derivation of PKCS#12 (RFC 7292 B.2), Triple DES and RC2.
 * node-forge is loaded when the first of them is asked for.
 */
export interface LegacyCrypto {
  /**
   * @param password null for "no password at all", which PKCS#12 tells from the empty one
   * @param purpose 1 key, 2 initialisation vector, 3 MAC key
   */
  deriveKey(password: string | null, params: DeriveParams): OwnedBytes;
  hmac(hash: LegacyHash, key: Uint8Array, data: Uint8Array): OwnedBytes;
  encrypt3des(key: Uint8Array, iv: Uint8Array, data: Uint8Array): OwnedBytes;
  /** Null when the padding is wrong. */
  decrypt(cipher: LegacyCipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): OwnedBytes | null;
}

export type LegacyHash = 'sha1' | 'sha256' | 'sha384' | 'sha512';
export type LegacyCipher = '3DES-CBC' | 'AES-CBC' | 'RC2-40-CBC' | 'RC2-128-CBC';

export interface DeriveParams {
  hash: LegacyHash;
  salt: Uint8Array;
  purpose: 1 | 2 | 3;
  iterations: number;
  length: number;
}

let loading: Promise<LegacyCrypto> | undefined;

export function loadLegacyCrypto(): Promise<LegacyCrypto> {
  loading ??= import('node-forge').then(({ default: forge }) => adapt(forge));
  return loading;
}

function adapt(forge: typeof Forge): LegacyCrypto {
  const text = (bytes: Uint8Array) => forge.util.binary.raw.encode(owned(bytes));
  const buffer = (bytes: Uint8Array) => forge.util.createBuffer(text(bytes));
  const bytes = (from: Forge.util.ByteBuffer): OwnedBytes => owned(forge.util.binary.raw.decode(from.getBytes()));
  return {
    deriveKey: (password, { hash, salt, purpose, iterations, length }) =>
      bytes(forge.pkcs12.generateKey(password, buffer(salt), purpose, iterations, length, forge.md[hash].create())),
    hmac: (hash, key, data) => {
      const mac = forge.hmac.create();
      mac.start(hash, text(key));
      mac.update(text(data));
      return bytes(mac.digest());
    },
    encrypt3des: (key, iv, data) => {
      const cipher = forge.cipher.createCipher('3DES-CBC', text(key));
      cipher.start({ iv: text(iv) });
      cipher.update(buffer(data));
      cipher.finish();
      return bytes(cipher.output);
    },
    decrypt: (algorithm, key, iv, data) => {
      if (algorithm === 'RC2-40-CBC' || algorithm === 'RC2-128-CBC') {
        const cipher = forge.rc2.createDecryptionCipher(text(key), key.length * 8);
        cipher.start(text(iv));
        cipher.update(buffer(data));
        return cipher.finish() ? bytes(cipher.output) : null;
      }
      const cipher = forge.cipher.createDecipher(algorithm, text(key));
      cipher.start({ iv: text(iv) });
      cipher.update(buffer(data));
      return cipher.finish() ? bytes(cipher.output) : null;
    },
  };
}
