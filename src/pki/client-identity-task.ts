import { type OwnedBytes, toHex } from './bytes.ts';
import { zipIdentity } from './identity-zip.ts';
import { type IssuedCertificate, type SelfSignedRequest, selfSignedClientCertificate } from './issue-certificate.ts';
import { type PfxPlan, writePfx } from './write-pfx.ts';

/** A key, its certificate and their files: made in a thread of its own, where the key derivation of the files may take its time. */
export interface ClientIdentityTask {
  readonly request: SelfSignedRequest;
  /** What an earlier task made of the same request: used again, without another key. */
  readonly made: IssuedCertificate | null;
  /** Name of the files in the zip, without extension. */
  readonly baseName: string;
  /** Of the .pfx; empty: none. */
  readonly passphrase: string;
  readonly encryption: PfxPlan['encryption'];
}

export interface ClientIdentity extends IssuedCertificate {
  /** SHA-1 of the DER, 40 upper-case hexadecimal digits. */
  readonly thumbprint: string;
  readonly zip: OwnedBytes;
}

export type ClientIdentityStep = 'key' | 'files';

/** Does the task where it is called. @param onStep told before each step */
export async function makeClientIdentity(
  { request, made, baseName, passphrase, encryption }: ClientIdentityTask,
  onStep: (step: ClientIdentityStep) => void,
): Promise<ClientIdentity> {
  if (made === null) onStep('key');
  const issued = made ?? (await selfSignedClientCertificate(request));
  onStep('files');
  const { der, privateKeyPkcs8 } = issued;
  const pfx = await writePfx({ certificates: [der], privateKeyPkcs8, passphrase, encryption });
  const digest = await crypto.subtle.digest('SHA-1', Uint8Array.from(der));
  return { der, privateKeyPkcs8, thumbprint: toHex(new Uint8Array(digest)), zip: zipIdentity(baseName, issued, pfx) };
}
