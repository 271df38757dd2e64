import { fileOrder, planSet } from '../domain/certificate-set.ts';
import { toBase64 } from '../pki/bytes.ts';
import type { CertificateFacts } from '../pki/parse-certificate.ts';
import type { CertificateFile } from '../pki/read-certificate-file.ts';
import { writePfx } from '../pki/write-pfx.ts';

export interface UploadContent {
  /** What RavenDB will register, the primary first. */
  readonly registered: readonly CertificateFacts[];
  /** Authorities that it leaves out. */
  readonly skipped: readonly CertificateFacts[];
  /** Base64, for `uploadCertificate`. */
  readonly certificate: string;
}

/** Makes of a file what is sent to the server: certificates only, never the private key. */
export async function uploadContent({ certificates, privateKeyOf }: CertificateFile): Promise<UploadContent> {
  const primary = privateKeyOf === undefined ? undefined : certificates[privateKeyOf]?.thumbprint;
  const plan = planSet(certificates, primary);
  const [only, ...others] = plan.registered;
  const content =
    only !== undefined && others.length === 0
      ? only.der
      : // A set goes as PKCS#12, the one form in which RavenDB takes several.
        await writePfx({ certificates: fileOrder(plan).map(({ der }) => der), encryption: 'compatible' });
  return {
    registered: plan.registered,
    skipped: plan.skipped.map(({ certificate }) => certificate),
    certificate: toBase64(content),
  };
}
