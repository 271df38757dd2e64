import type { CertificateFileProblem } from '../../pki/certificate-file-error.ts';
import { issueClientCertificate, issueServerIdentity } from '../../pki/issue-certificate.ts';
import { readCertificateFile } from '../../pki/read-certificate-file.ts';
import { readPfxAsRavenDb } from '../../pki/read-pfx-as-ravendb.ts';
import { writePfx } from '../../pki/write-pfx.ts';

/** What the workers do. Arguments and results are plain data that survives structured cloning. */
export const cryptoJobs = {
  generateClientCertificate: issueClientCertificate,
  generateServerIdentity: issueServerIdentity,
  readCertificateFile,
  readPfxAsRavenDb,
  writePfx,
} as const;

export type CryptoJobs = typeof cryptoJobs;
export type CryptoJobName = keyof CryptoJobs;

/** To the worker. */
export interface CryptoRequest {
  name: CryptoJobName;
  args: unknown[];
}

/** From the worker: a result, or an error in a form that keeps its code and carries nothing but our own sentences. */
export type CryptoAnswer =
  | { result: unknown }
  | { fileError: { code: CertificateFileProblem; message: string } }
  | { failure: string };
