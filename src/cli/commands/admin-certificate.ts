import { join } from 'node:path';
import { uploadCertificate } from '../../api/certificates.ts';
import type { RavenApi } from '../../api/client.ts';
import { keyFinding } from '../../domain/presentable-key.ts';
import { mayAuthenticateClients } from '../../domain/upload-findings.ts';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import type { CertificateFile } from '../../pki/read-certificate-file.ts';
import { CommandError } from '../command-error.ts';
import { safeFileName } from '../output-file.ts';
import { uploadContent } from '../upload-content.ts';
import { checkName, generateToFile } from './generate-to-file.ts';

/** RavenDB's own `generateClientCert` and `trustClientCert`: both register cluster admins (contract §14). */

export interface NewAdmin {
  readonly name: string;
  readonly folder: string;
  /** Protects the .pfx inside; left out or empty: none. */
  readonly passphrase?: string | undefined;
  readonly force: boolean;
}

/**
 * Makes and registers a cluster admin's certificate and writes `admin.client.certificate.<name>.zip` into the folder.
 * @returns the path of the zip
 * @throws CommandError, RavenError; then no file was left behind
 */
export async function generateAdminCertificate(
  api: RavenApi,
  { name, folder, passphrase, force }: NewAdmin,
): Promise<string> {
  checkName(name);
  const path = join(folder, `admin.client.certificate.${safeFileName(name)}.zip`);
  const protection = passphrase === undefined || passphrase === '' ? {} : { passphrase };
  await generateToFile(api, { name, clearance: 'ClusterAdmin', permissions: [], ...protection }, { path, force });
  return path;
}

/**
 * Registers the certificate of a file as a cluster admin's.
 * @param source the file's path, for messages
 * @returns what was registered, the primary first
 */
export async function trustAdminCertificate(
  api: RavenApi,
  name: string,
  file: CertificateFile,
  source: string,
): Promise<readonly CertificateFacts[]> {
  checkName(name);
  const { registered, certificate } = await uploadContent(file);
  const unfit = registered.find((each) => !mayAuthenticateClients(each));
  if (unfit !== undefined)
    throw new CommandError(
      `${source}: ${unfit.subject} isn't meant for client authentication (extended key usage).`,
      'Choose a certificate that was issued for clients.',
    );
  for (const each of registered) {
    const problem = keyFinding(each);
    if (problem !== null) throw new CommandError(`${source}: ${each.subject}: ${problem.title}`, 'Choose another one.');
  }
  const versionOne = registered.find(({ hasVersion }) => !hasVersion);
  if (versionOne !== undefined)
    throw new CommandError(
      `${source}: ${versionOne.subject} is of X.509 version 1, and RavenDB takes all of that version for one: whoever holds any other would be a cluster admin.`,
      'Have it issued as version 3, or register it with “raven-certificates upload --clearance ClusterAdmin”, which asks.',
    );
  await uploadCertificate(api, { name, clearance: 'ClusterAdmin', permissions: [], certificate });
  return registered;
}
