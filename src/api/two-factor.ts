import { getCertificates } from './certificates.ts';
import { type RavenApi, request, requestJson } from './client.ts';
import { RavenError, secondFactorUnproven } from './errors.ts';
import { number, object, string } from './json.ts';

/** `GET /admin/certificates/2fa/generate`: a fresh base32 secret of 160 bits. The server stores nothing (contract §8.2). */
export const generateAuthenticationKey = (api: RavenApi, signal?: AbortSignal): Promise<string> =>
  requestJson(api, { path: '/admin/certificates/2fa/generate', signal }, (body) => string(object(body).Secret));

export interface TwoFactorConfiguration {
  /** Minutes. */
  readonly defaultSessionDuration: number;
  /** Minutes. */
  readonly maxSessionDuration: number;
  /** Milliseconds by which the server's clock is ahead of this computer's, to a second or two; null when it doesn't tell the time. */
  readonly clockAhead: number | null;
}

export const getTwoFactorConfiguration = (api: RavenApi, signal?: AbortSignal): Promise<TwoFactorConfiguration> =>
  requestJson(api, { path: '/authentication/2fa/configuration', signal }, (body, headers) => {
    const wire = object(body);
    const serverTime = Date.parse(headers.get('date') ?? '');
    return {
      defaultSessionDuration: number(wire.DefaultTwoFactorSessionDurationInMin),
      maxSessionDuration: number(wire.MaxTwoFactorSessionDurationInMin),
      clockAhead: Number.isNaN(serverTime) ? null : serverTime - Date.now(),
    };
  });

export interface TwoFactorSession {
  /** Six digits. */
  readonly code: string;
  /** Minutes, 1 to the configured maximum. */
  readonly duration: number;
  /** True: only whoever holds the session's cookie is let in; false: every client of the certificate on this node. */
  readonly thisBrowserOnly: boolean;
}

/** `POST /authentication/2fa`. A wrong code is a RavenError with status 406. */
export async function openTwoFactorSession(
  api: RavenApi,
  session: TwoFactorSession,
  signal?: AbortSignal,
): Promise<void> {
  await request(api, {
    method: 'POST',
    path: '/authentication/2fa',
    query: { hasLimits: session.thisBrowserOnly, sessionDurationInMin: session.duration },
    json: { Token: session.code },
    signal,
  });
}

/** `DELETE /authentication/2fa`: ends the sessions of this certificate on this node. */
export async function endTwoFactorSession(api: RavenApi, signal?: AbortSignal): Promise<void> {
  await request(api, { method: 'DELETE', path: '/authentication/2fa', signal });
}

/**
 * Looks whether the server asks for a second factor with a certificate that was just saved with one: versions without it take the key
 * and ignore it (measured on 5.4.115).
 * @throws RavenError `secondFactorUnproven` when it doesn't say so, or can't be asked
 */
export async function assertSecondFactor(
  api: RavenApi,
  { name, thumbprint }: { readonly name: string; readonly thumbprint: string },
  signal?: AbortSignal,
): Promise<void> {
  const same = (other: string) => other.toUpperCase() === thumbprint.toUpperCase();
  const list = await getCertificates(api, { name }, signal).catch((error: unknown) => {
    if (error instanceof RavenError) return null;
    throw error;
  });
  if (list?.certificates.find((other) => same(other.thumbprint))?.hasTwoFactor === true) return;
  throw new RavenError({
    status: 200,
    type: secondFactorUnproven,
    message: `“${name}” (${thumbprint.slice(0, 10)}…) was saved, and ${
      list === null ? 'the server couldn’t be asked' : 'the server doesn’t say'
    } whether it asks for a code. It may get in without one.`,
    path: '',
  });
}
