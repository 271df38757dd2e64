import { mutationOptions, queryOptions } from '@tanstack/react-query';
import {
  deleteCertificate,
  type DownloadedFile,
  type GenerateCertificate,
  generateCertificate,
  getCertificateMetadata,
  getCertificates,
  type UploadCertificate,
  uploadCertificate,
  whoAmI,
} from '../api/certificates.ts';
import type { RavenApi } from '../api/client.ts';
import { assertSecondFactor } from '../api/two-factor.ts';
import type { Certificate, CertificateList } from '../api/types.ts';
import { keepSame, sameList } from './same-certificate.ts';

/**
 * Keys go from general to specific, and begin with a name of our own: a host may share its cache. Every mutation below carries the key
 * `['raven-certificates', …]`; one place (app/query-client.ts) invalidates all of `['raven-certificates']` when one succeeds.
 */
export const certificatesKey = ['raven-certificates'] as const;
/** What is asked of the server beside its certificates. */
export const serverKey = ['raven-server'] as const;

export interface LoadedCertificates extends CertificateList {
  /** False while further pages are on their way. */
  readonly complete: boolean;
}

const firstPageSize = 50;
/** Small enough that reading one page takes a frame, not a second. */
const nextPageSize = 2_000;

/**
 * The whole list, secondaries included, with metadata only. The first page shows at once, the rest follows page by page into the same
 * query. When the list is loaded again, what is shown stays until the new one is complete.
 */
export const certificatesQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: [...certificatesKey, 'list', api.baseUrl],
    queryFn: async ({ client, queryKey, signal }): Promise<LoadedCertificates> => {
      const old = client.getQueryData<LoadedCertificates>(queryKey);
      const reload = old?.complete === true;
      const known = new Map(old?.certificates.map((certificate) => [certificate.thumbprint, certificate]));
      const loaded = new Map<string, Certificate>();
      let start = 0;
      let pageSize = firstPageSize;
      for (;;) {
        const page = await getCertificates(api, { start, pageSize }, signal);
        const before = loaded.size;
        // A certificate registered or deleted meanwhile shifts the pages: one that comes twice counts once.
        for (const certificate of keepSame(page.certificates, known)) loaded.set(certificate.thumbprint, certificate);
        const isServer = (thumbprint: string): boolean =>
          thumbprint === page.loadedServerThumbprint || thumbprint === page.loadedServerThumbprintForCommunication;
        // The server adds its own certificate to every page; it hides a registered twin of it, so a page may be one short.
        const stored = page.certificates.filter(({ thumbprint }) => !isServer(thumbprint)).length;
        const complete = stored < pageSize - 2 || (start > 0 && loaded.size === before);
        const list = { ...page, certificates: [...loaded.values()], complete };
        // Nothing changed: nothing is made or drawn anew.
        if (complete) return reload && sameList(list, old) ? old : list;
        if (!reload) client.setQueryData(queryKey, list);
        start += pageSize;
        pageSize = nextPageSize;
      }
    },
    // Comparing 100,000 entries field by field costs more than drawing the 30 that show.
    structuralSharing: false,
    staleTime: 15_000,
  });

/**
 * How often the list is asked for while the page is in sight, milliseconds. RavenDB has neither an ETag nor a count that would tell cheaply
 * whether something changed, and its notifications don't pass the gateway: so the list itself is compared. 10,000 entries take the
 * server 0.3 to 0.4 s and 5 MB, so the interval grows with the list and never costs it more than about one per cent of its time.
 */
export const listInterval = (count: number): number => Math.max(30_000, 4 * count);

/** One certificate, metadata only: RavenDB's full answer would hold the authentication key. Null when it isn't registered. */
export const certificateQuery = (api: RavenApi, thumbprint: string) =>
  queryOptions({
    queryKey: [...certificatesKey, 'detail', api.baseUrl, thumbprint],
    queryFn: async ({ signal }) => (await getCertificateMetadata(api, thumbprint, signal))?.certificates[0] ?? null,
  });

/** Who this connection is; null when the server doesn't know the certificate. */
export const whoAmIQuery = (api: RavenApi) =>
  queryOptions({
    queryKey: [...certificatesKey, 'whoami', api.baseUrl],
    queryFn: ({ signal }) => whoAmI(api, signal),
    staleTime: 60_000,
  });

/** Passphrases and keys pass through these: nothing of them stays in the cache once the form that asked is gone. */
const forgetful = { gcTime: 0 } as const;

export interface GenerateRun {
  /** Called when the request is written. */
  readonly prepare: () => GenerateCertificate;
  /** Takes the zip over; the thumbprint that it returns is all that stays of it. */
  readonly receive: (file: DownloadedFile) => Promise<string | null>;
  readonly signal: AbortSignal;
}

/**
 * The mutation cache keeps variables and data of what runs: so the secrets come by one function and the private key leaves by another.
 * The result is that of `receive`.
 */
export const generateMutation = (api: RavenApi) =>
  mutationOptions({
    mutationKey: [...certificatesKey, 'generate'],
    mutationFn: async ({ prepare, receive, signal }: GenerateRun) => {
      const wanted = prepare();
      const thumbprint = await receive(await generateCertificate(api, wanted, signal));
      if (wanted.authenticationKey !== undefined && thumbprint !== null)
        await assertSecondFactor(api, { name: wanted.name, thumbprint }, signal);
      return thumbprint;
    },
    ...forgetful,
  });

export const uploadMutation = (api: RavenApi) =>
  mutationOptions({
    mutationKey: [...certificatesKey, 'upload'],
    mutationFn: (certificate: UploadCertificate) => uploadCertificate(api, certificate),
    ...forgetful,
  });

export const deleteMutation = (api: RavenApi) =>
  mutationOptions({
    mutationKey: [...certificatesKey, 'delete'],
    mutationFn: (thumbprint: string) => deleteCertificate(api, thumbprint),
    ...forgetful,
  });
