import { selfSignedClientCertificate } from '../../src/pki/issue-certificate.ts';
import { writePfx } from '../../src/pki/write-pfx.ts';
import { type Identity, identityOf, type NewCertificate, type Raven } from '../fixtures/raven.ts';

const day = 86_400_000;

export const pem = (label: string, bytes: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;

/** A self-signed certificate with a key of its own. `begins` and `ends` are days from now. */
function selfSigned(name: string, begins: number, ends: number) {
  const now = Date.now();
  return selfSignedClientCertificate({
    name,
    algorithm: 'P-256',
    notBefore: now + begins * day,
    notAfter: now + ends * day,
  });
}

/**
 * Registers a self-signed certificate with a key of its own, much faster than RavenDB makes one. `begins` and `ends` are days from now.
 */
export async function registered(
  raven: Raven,
  { begins = -10, ends = 400, ...certificate }: NewCertificate & { begins?: number; ends?: number },
): Promise<Identity> {
  const { der, privateKeyPkcs8 } = await selfSigned('e2e', begins, ends);
  await raven.put(Buffer.from(der).toString('base64'), certificate);
  return identityOf(pem('CERTIFICATE', der) + pem('PRIVATE KEY', privateKeyPkcs8));
}

/** Changes a certificate behind the console's back, as another admin would. What isn't named is as RavenDB has it. */
export async function editElsewhere(
  raven: Raven,
  thumbprint: string,
  change: { name?: string; clearance?: string; permissions?: Readonly<Record<string, string>>; disabled?: boolean },
): Promise<void> {
  const before = await raven.find(thumbprint);
  const answer = await raven.request('/admin/certificates/edit', {
    method: 'POST',
    json: {
      Thumbprint: thumbprint,
      Name: change.name ?? before?.Name,
      SecurityClearance: change.clearance ?? before?.SecurityClearance,
      Permissions: change.permissions ?? before?.Permissions,
      ...(change.disabled === undefined ? {} : { Disabled: change.disabled }),
    },
  });
  if (answer.status !== 201) throw new Error(`The edit elsewhere failed: ${answer.body.toString()}`);
}

/** Registers a collection of certificates with keys of their own. @returns their thumbprints */
export async function collection(raven: Raven, name: string, size: number, twoFactorKey?: string): Promise<string[]> {
  const made = await Promise.all(
    Array.from({ length: size }, (_, index) => selfSigned(`${name} ${index}`, -1, 100 + index)),
  );
  const pfx = await writePfx({ certificates: made.map(({ der }) => der), passphrase: '', encryption: 'compatible' });
  await raven.put(Buffer.from(pfx).toString('base64'), {
    ...{ name, permissions: { db1: 'ReadWrite' } },
    ...(twoFactorKey === undefined ? {} : { twoFactorKey }),
  });
  return made.map(({ der }) => identityOf(pem('CERTIFICATE', der)).thumbprint);
}
