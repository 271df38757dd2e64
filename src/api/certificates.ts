import { parseCertificateList, parseWhoAmI, permissionsToWire } from './certificate-wire.ts';
import { type RavenApi, request, requestJson } from './client.ts';
import { RavenError } from './errors.ts';
import { safeFileName } from './safe-file-name.ts';
import type { Certificate, CertificateList, DatabasePermission, SecurityClearance, WhoAmI } from './types.ts';

export interface CertificatesPage {
  /** Entries to skip, default 0. */
  readonly start?: number;
  /** Entries to return at most, default all. The server's own certificate comes on top of them on every page. */
  readonly pageSize?: number;
  /** Only entries of exactly this name. A blank one counts as none. */
  readonly name?: string;
}

/**
 * `GET /admin/certificates` with metadata only: the list, secondaries of collections included, in the order of the thumbprints
 * (contract §7.1). Needs Operator.
 */
export const getCertificates = (
  api: RavenApi,
  page: CertificatesPage = {},
  signal?: AbortSignal,
): Promise<CertificateList> =>
  requestJson(
    api,
    { path: '/admin/certificates', query: { secondary: true, metadataOnly: true, ...page }, signal },
    parseCertificateList,
  );

/**
 * `GET /admin/certificates?name=`: all entries of a name, secondaries included, with their public certificates. The name `Server
 * Certificate` includes the server's own. There is no such call for one thumbprint: RavenDB's answer to it holds the
 * authentication key (contract §7.1), which has no business in a browser.
 */
export const getCertificatesWithContent = (
  api: RavenApi,
  name: string,
  signal?: AbortSignal,
): Promise<CertificateList> =>
  requestJson(
    api,
    { path: '/admin/certificates', query: { secondary: true, metadataOnly: false, name }, signal },
    parseCertificateList,
  );

/**
 * `GET /admin/certificates?thumbprint=`: one entry with its public certificate; null when no certificate of that thumbprint is
 * registered. Asked by a secondary's thumbprint RavenDB returns its primary. `hasTwoFactor` is null here (contract §7.1).
 */
export async function getCertificate(
  api: RavenApi,
  thumbprint: string,
  signal?: AbortSignal,
): Promise<Certificate | null> {
  try {
    const list = await requestJson(
      api,
      { path: '/admin/certificates', query: { thumbprint }, signal },
      parseCertificateList,
    );
    return list.certificates[0] ?? null;
  } catch (error) {
    if (error instanceof RavenError && error.status === 404) return null;
    throw error;
  }
}

/**
 * `GET /admin/certificates?thumbprint=` with metadata only; null when no certificate of that thumbprint is registered. Unlike the full
 * answer it never holds the authentication key. `hasTwoFactor` is null: only lists tell (contract §7.1).
 */
export async function getCertificateMetadata(
  api: RavenApi,
  thumbprint: string,
  signal?: AbortSignal,
): Promise<CertificateList | null> {
  try {
    return await requestJson(
      api,
      { path: '/admin/certificates', query: { thumbprint, metadataOnly: true }, signal },
      parseCertificateList,
    );
  } catch (error) {
    if (error instanceof RavenError && error.status === 404) return null;
    throw error;
  }
}

/** `GET /certificates/whoami`: the certificate this connection presents; null when the server doesn't know it. */
export const whoAmI = (api: RavenApi, signal?: AbortSignal): Promise<WhoAmI | null> =>
  requestJson(api, { path: '/certificates/whoami', signal }, parseWhoAmI);

/** What generate, upload and edit have in common. */
export interface CertificateSettings {
  readonly name: string;
  readonly clearance: SecurityClearance;
  /** Has an effect for `ValidUser` only. */
  readonly permissions: readonly DatabasePermission[];
  /** Base32; see `generateAuthenticationKey`. Left out: none (generate, upload) or the stored one stays (edit). */
  readonly authenticationKey?: string;
}

export interface GenerateCertificate extends CertificateSettings {
  /** Protects the `.pfx`; left out: none. */
  readonly passphrase?: string;
  /** Milliseconds UTC, in the future; left out: five years from today. */
  readonly notAfter?: number;
}

export interface DownloadedFile {
  readonly fileName: string;
  readonly content: Blob;
}

const settingsToWire = (settings: CertificateSettings) => ({
  Name: settings.name,
  SecurityClearance: settings.clearance,
  Permissions: permissionsToWire(settings.permissions),
  ...(settings.authenticationKey === undefined ? {} : { TwoFactorAuthenticationKey: settings.authenticationKey }),
});

/** The percent-escaped file name of RavenDB's `Content-Disposition`, made safe to save. */
function fileNameOf(response: Response, otherwise: string): string {
  const escaped = /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  let name = otherwise;
  try {
    if (escaped !== undefined) name = decodeURIComponent(escaped);
  } catch {
    // Not percent-escaped after all: the default name does.
  }
  return safeFileName(name);
}

/**
 * `POST /admin/certificates`: makes a key and a certificate on the server and registers it. The zip (`.pfx`, `.crt`, `.key`) is the
 * only copy of the private key.
 */
export async function generateCertificate(
  api: RavenApi,
  certificate: GenerateCertificate,
  signal?: AbortSignal,
): Promise<DownloadedFile> {
  const response = await request(api, {
    method: 'POST',
    path: '/admin/certificates',
    json: {
      ...settingsToWire(certificate),
      ...(certificate.passphrase === undefined ? {} : { Password: certificate.passphrase }),
      ...(certificate.notAfter === undefined ? {} : { NotAfter: new Date(certificate.notAfter).toISOString() }),
    },
    signal,
  });
  return { fileName: fileNameOf(response, 'certificate.zip'), content: await response.blob() };
}

export interface UploadCertificate extends CertificateSettings {
  /** Base64 of DER, or of a PFX for a set (the only form in which RavenDB takes several). */
  readonly certificate: string;
}

/** `PUT /admin/certificates`: registers a certificate made elsewhere. One that is registered already is overwritten. */
export async function uploadCertificate(
  api: RavenApi,
  certificate: UploadCertificate,
  signal?: AbortSignal,
): Promise<void> {
  await request(api, {
    method: 'PUT',
    path: '/admin/certificates',
    json: { ...settingsToWire(certificate), Certificate: certificate.certificate },
    signal,
  });
}

export interface EditCertificate extends CertificateSettings {
  readonly thumbprint: string;
  /** Left out: stays as it is. */
  readonly disabled?: boolean;
  /** Removes the stored authentication key. */
  readonly removeTwoFactor?: boolean;
  /** Of a single sign-on user. RavenDB takes a missing one for false, whatever is stored (contract §9.4). */
  readonly allowAnySsoServer?: boolean;
}

/** `POST /admin/certificates/edit`: replaces name, clearance and permissions. Last write wins: RavenDB has no version check. */
export async function editCertificate(api: RavenApi, edit: EditCertificate, signal?: AbortSignal): Promise<void> {
  await request(api, {
    method: 'POST',
    path: '/admin/certificates/edit',
    query: { deleteTwoFactorConfiguration: edit.removeTwoFactor === true ? true : undefined },
    json: {
      ...settingsToWire(edit),
      Thumbprint: edit.thumbprint,
      ...(edit.disabled === undefined ? {} : { Disabled: edit.disabled }),
      ...(edit.allowAnySsoServer === undefined ? {} : { AllowAnySsoServer: edit.allowAnySsoServer }),
    },
    signal,
  });
}

/** `DELETE /admin/certificates?thumbprint=`: deletes a certificate, with the others of its collection when it is the primary. */
export async function deleteCertificate(api: RavenApi, thumbprint: string, signal?: AbortSignal): Promise<void> {
  await request(api, { method: 'DELETE', path: '/admin/certificates', query: { thumbprint }, signal });
}

/** `GET /admin/certificates/export`: the cluster's server certificates as a PFX without keys or password. */
export async function exportServerCertificates(api: RavenApi, signal?: AbortSignal): Promise<DownloadedFile> {
  const response = await request(api, { path: '/admin/certificates/export', signal });
  return { fileName: fileNameOf(response, 'ServerCertificatesCollection.pfx'), content: await response.blob() };
}
