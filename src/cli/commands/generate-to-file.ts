import { type GenerateCertificate, generateCertificate } from '../../api/certificates.ts';
import type { RavenApi } from '../../api/client.ts';
import { assertSecondFactor } from '../../api/two-factor.ts';
import { thumbprintInZip } from '../../pki/certificate-zip.ts';
import { CommandError, usageError } from '../command-error.ts';
import { reserveFile } from '../output-file.ts';
import { safeZip } from '../safe-zip.ts';

/** A certificate to be made, or a function that makes up the rest when nothing is in the way any more. */
export type CertificateRequest = GenerateCertificate | (() => Promise<GenerateCertificate>);

export function checkName(name: string): void {
  if (name.trim() === '') throw usageError('A certificate needs a name.', 'Give one that says whose it is.');
}

/**
 * Makes and registers a certificate and writes its zip, the only copy of the key. The place for the file is taken first.
 * @throws CommandError, RavenError; then no file was left behind, but for a second factor that the server doesn't confirm
 */
export async function generateToFile(
  api: RavenApi,
  request: CertificateRequest,
  { path, force }: { readonly path: string; readonly force: boolean },
  progress: <T>(work: () => Promise<T>) => Promise<T> = (work) => work(),
): Promise<void> {
  const file = await reserveFile(path, { force });
  try {
    const certificate = typeof request === 'function' ? await request() : request;
    const { content } = await progress(() => generateCertificate(api, certificate));
    const zip = new Uint8Array(await content.arrayBuffer());
    await file.write(safeZip(zip)).catch((error: unknown) => {
      throw new CommandError(
        `“${certificate.name}” is registered, but its key is lost: ${error instanceof Error ? error.message : String(error)}`,
        'Delete that certificate, make room, and generate it again.',
      );
    });
    if (certificate.authenticationKey !== undefined)
      await assertSecondFactor(api, { name: certificate.name, thumbprint: (await thumbprintInZip(content)) ?? '' });
  } finally {
    await file.discard();
  }
}
