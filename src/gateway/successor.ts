import { createHash } from 'node:crypto';
import { readWhole } from './read-whole.ts';
import type { Sender } from './upstream.ts';

interface Entry {
  readonly Thumbprint?: unknown;
  readonly Certificate?: unknown;
}

const hex = (algorithm: 'sha1' | 'sha256', bytes: Uint8Array): string =>
  createHash(algorithm).update(bytes).digest('hex').toUpperCase();

/**
 * After a replacement of the server's certificate was accepted: learns the new one from the server while it still shows the one we
 * trust, so that the console goes on when it changes.
 * @param sender over the connection that took the replacement; a new one may show a certificate that nothing vouches for yet
 * @param origin the server that was told
 * @returns SHA-256 fingerprints, hex; none when the server doesn't say
 */
export async function successorsOf(sender: Sender, origin: string, signal: AbortSignal): Promise<string[]> {
  const get = async (path: string): Promise<Record<string, unknown>> => {
    const answer = await sender.send({ origin, path, method: 'GET', headers: { accept: '*/*' }, signal });
    const body = (await readWhole(answer.body)).toString();
    return answer.status === 200 ? (JSON.parse(body) as Record<string, unknown>) : {};
  };
  const certificateOf = async (query: string, thumbprint: unknown): Promise<string[]> => {
    const { Results } = await get(`/admin/certificates?${query}`);
    return (Array.isArray(Results) ? (Results as Entry[]) : [])
      .filter((entry) => typeof thumbprint === 'string' && entry.Thumbprint === thumbprint)
      .flatMap(({ Certificate }) => (typeof Certificate === 'string' ? [Buffer.from(Certificate, 'base64')] : []))
      .filter((der) => hex('sha1', der) === thumbprint)
      .map((der) => hex('sha256', der));
  };
  try {
    const { Thumbprint } = await get('/admin/certificates/replacement/status');
    const pending =
      typeof Thumbprint === 'string'
        ? await certificateOf(`thumbprint=${encodeURIComponent(Thumbprint)}`, Thumbprint)
        : [];
    // On a single node it may be over by now. A page of no entries still holds the server's own.
    const { LoadedServerCert } = await get('/admin/certificates?metadataOnly=true&pageSize=0');
    return [...pending, ...(await certificateOf('pageSize=0', LoadedServerCert))];
  } catch {
    // Not worth failing a replacement that was accepted: without it the new certificate has to be vouched for as any other.
    return [];
  }
}
