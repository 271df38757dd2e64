import type { Certificate } from '../api/types.ts';

/**
 * The pinning hash that RavenDB 7.2.7 gives every X.509 version 1 certificate: it looks for the key in the wrong place, and takes the SHA-256
 * of nothing (measured).
 */
export const versionOneHash = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

type Pinned = Pick<Certificate, 'pinningHash'>;

/** Does the server let whoever holds any version 1 certificate in as this one? One that reads their keys gives each its own hash. */
export const isOpenToVersionOne = ({ pinningHash }: Pinned): boolean => pinningHash === versionOneHash;

/** Have both the same key, as far as the server's hashes tell? */
export const haveSameKey = (one: Pinned, other: Pinned): boolean =>
  one.pinningHash !== '' && one.pinningHash === other.pinningHash && !isOpenToVersionOne(one);
