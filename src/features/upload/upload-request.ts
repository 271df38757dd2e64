import type { UploadCertificate } from '../../api/certificates.ts';
import { fileOrder, type SetPlan } from '../../domain/certificate-set.ts';
import { permissionsOf } from '../../domain/rights.ts';
import { toBase64 } from '../../pki/bytes.ts';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import type { UploadForm } from './upload-form.ts';

/**
 * The request for what the plan registers, public parts only: one certificate as it is, several as a PFX without keys, the only form in
 * which RavenDB takes a set.
 * @param authenticationKey base32; null without a second factor
 * @param writePfx makes that PFX, certificates in the order given
 */
export async function uploadRequest(
  form: UploadForm,
  plan: SetPlan<CertificateFacts>,
  authenticationKey: string | null,
  writePfx: (certificates: Uint8Array[]) => Promise<Uint8Array>,
): Promise<UploadCertificate> {
  const ordered = fileOrder(plan);
  const [only] = ordered;
  if (only === undefined) throw new RangeError('There is no certificate to register.');
  const bytes = ordered.length === 1 ? only.der : await writePfx(ordered.map(({ der }) => der));
  return {
    name: form.name.trim(),
    clearance: form.clearance,
    permissions: permissionsOf(form),
    certificate: toBase64(bytes),
    ...(form.twoFactor && authenticationKey !== null ? { authenticationKey } : {}),
  };
}
