import { readFile } from 'node:fs/promises';
import type { Download } from '@playwright/test';
import { unzipSync } from 'fflate';
import { type Identity, identityOf } from '../fixtures/raven.ts';

/** What RavenDB hands out with a new certificate. */
export interface CertificateZip {
  readonly fileName: string;
  /** Names of the entries. */
  readonly names: readonly string[];
  readonly pfx: Uint8Array;
  readonly identity: Identity;
}

/** The zip of a download. */
export async function zipOf(download: Download): Promise<CertificateZip> {
  const files = Object.entries(unzipSync(await readFile(await download.path())));
  const content = (extension: string): Uint8Array =>
    files.find(([name]) => name.endsWith(extension))?.[1] ?? new Uint8Array();
  const text = (extension: string): string => Buffer.from(content(extension)).toString();
  return {
    fileName: download.suggestedFilename(),
    names: files.map(([name]) => name),
    pfx: content('.pfx'),
    identity: identityOf(`${text('.crt')}\n${text('.key')}\n`),
  };
}
