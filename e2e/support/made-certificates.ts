import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { selfSignedClientCertificate } from '../../src/pki/issue-certificate.ts';
import { ask, register } from './registered.ts';

const day = 86_400_000;

export interface Made {
  readonly name: string;
  /** 40 upper-case hexadecimal digits. */
  readonly thumbprint: string;
}

/** Makes a self-signed certificate that nobody else has and registers it. `ends` and `begins` are days from now. */
export async function makeRegistered(
  page: Page,
  name: string,
  { begins = -10, ends = 400, ...more }: { begins?: number; ends?: number } & Readonly<Record<string, unknown>> = {},
): Promise<Made> {
  const now = Date.now();
  const { der } = await selfSignedClientCertificate({
    name: 'list test',
    algorithm: 'P-256',
    notBefore: now + begins * day,
    notAfter: now + ends * day,
  });
  const { status, body } = await register(page, name, Buffer.from(der).toString('base64'), more);
  if (status !== 201) throw new Error(`${name} wasn't registered: ${JSON.stringify(body)}`);
  return { name, thumbprint: createHash('sha1').update(der).digest('hex').toUpperCase() };
}

/** Deletes what {@link makeRegistered} made. */
export async function removeMade(page: Page, made: readonly Made[]): Promise<void> {
  for (const { thumbprint } of made) await ask(page, 'DELETE', `/admin/certificates?thumbprint=${thumbprint}`);
}
