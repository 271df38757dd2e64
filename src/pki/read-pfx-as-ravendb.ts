import { parseFirstAsn1 } from './asn1.ts';
import { owned } from './bytes.ts';
import { type PfxContent, readPfx } from './read-pfx.ts';
import { WorkBudget, type WorkLimits } from './work-budget.ts';

/**
 * A PKCS#12 file as RavenDB 7.2.7 (.NET on Linux) reads it: in BER or DER and nothing around it, of any version, keys opened with the
 * certificates; bytes may follow.
 * @param password '' for none
 * @throws CertificateFileError
 */
export function readPfxAsRavenDb(bytes: Uint8Array, password: string, limits: WorkLimits): Promise<PfxContent> {
  const { node } = parseFirstAsn1(owned(bytes));
  return readPfx(node, { passphrase: password, withPrivateKey: true, asRavenDb: true, budget: new WorkBudget(limits) });
}
