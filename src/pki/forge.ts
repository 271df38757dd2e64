import type Forge from 'node-forge';
import { owned, type OwnedBytes } from './bytes.ts';

/**
 * What WebCrypto doesn't have and .pfx files need: the key derivation of PKCS#12 (RFC 7292 B.2), and for old ones that of PKCS#5 v1.5,
 * DES, Triple DES and RC2. node-forge is loaded when the first of them is asked for.
 */
export interface LegacyCrypto {
  /**
   * @param password null for "no password at all", which PKCS#12 tells from the empty one
   * @param purpose 1 key, 2 initialisation vector, 3 MAC key
   */
  deriveKey(password: string | null, params: DeriveParams): OwnedBytes;
  /** Key and initialisation vector of PBES1: PBKDF1 (RFC 8018 §5.1), 16 bytes. */
  deriveOldKey(password: string, params: Pick<DeriveParams, 'hash' | 'salt' | 'iterations' | 'onRound'>): OwnedBytes;
  hmac(hash: LegacyHash, key: Uint8Array, data: Uint8Array): OwnedBytes;
  encrypt3des(key: Uint8Array, iv: Uint8Array, data: Uint8Array): OwnedBytes;
  /**
   * @param effectiveBits of an RC2 key; as many as it has when left out
   * @returns null when the padding is wrong
   */
  decrypt(
    cipher: LegacyCipher,
    key: Uint8Array,
    iv: Uint8Array,
    data: Uint8Array,
    effectiveBits?: number,
  ): OwnedBytes | null;
}

export type LegacyHash = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';
export type LegacyCipher = 'DES-CBC' | '3DES-CBC' | 'AES-CBC' | 'RC2-CBC';

export interface DeriveParams {
  hash: LegacyHash;
  salt: Uint8Array;
  purpose: 1 | 2 | 3;
  iterations: number;
  length: number;
  /** Called after each round; what it throws ends the derivation. */
  onRound?: () => void;
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
    deriveKey: (password, { hash, salt, purpose, iterations, length, onRound }) => {
      const md = counted(forge.md[hash].create(), onRound);
      return bytes(forge.pkcs12.generateKey(password, buffer(salt), purpose, iterations, length, md));
    },
    deriveOldKey: (password, { hash, salt, iterations, onRound }) => {
      let key = forge.util.encodeUtf8(password) + text(salt);
      for (let round = 0; round < iterations; round += 1) {
        key = forge.md[hash].create().update(key).digest().getBytes();
        onRound?.();
      }
      return bytes(forge.util.createBuffer(key.slice(0, 16)));
    },
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
    decrypt: (algorithm, key, iv, data, effectiveBits = key.length * 8) => {
      if (algorithm === 'RC2-CBC') {
        const cipher = forge.rc2.createDecryptionCipher(text(key), effectiveBits);
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

/** forge's derivation asks the hash for one digest a round. */
function counted(md: Forge.md.MessageDigest, onRound: (() => void) | undefined): Forge.md.MessageDigest {
  if (onRound === undefined) return md;
  const digest = () => {
    onRound();
    return md.digest();
  };
  return { ...md, digest };
}
