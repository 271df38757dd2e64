import type { ComponentType } from 'react';
import { ListPage } from '../features/list/list-page.tsx';
import { onDemand } from '../ui/on-demand.tsx';

/** What every view gets from the shell. */
export interface ViewProps {
  /** Named parts of the path, such as `thumbprint`. */
  params: Readonly<Record<string, string | undefined>>;
  /** The URL's query as it stands there, without the question mark. */
  search: string;
}

interface Route {
  path: string;
  view: ComponentType<ViewProps>;
  /** Loads the view's code ahead. */
  load: () => Promise<unknown>;
  /** Also for whom may not manage certificates, or still owes the second factor. */
  open?: boolean;
  /** Narrower than the list. */
  narrow?: boolean;
}

function route(
  path: string,
  load: () => Promise<ComponentType<ViewProps>>,
  more: { open?: boolean; narrow?: boolean } = {},
): Route {
  const view = onDemand(load);
  return { path, view, load: view.load, ...more };
}

/** The views by path; all but the list are loaded when they are first gone to, or hovered. */
export const routes: readonly Route[] = [
  // Not lazy: nearly everybody starts here, and a second round trip would come before the first row.
  { path: '/', view: ({ search }) => <ListPage search={search} />, load: () => Promise.resolve() },
  route(
    '/generate',
    () =>
      import('../features/generate/generate-page.tsx').then(({ GeneratePage }) => ({ search }) => (
        <GeneratePage search={search} />
      )),
    { narrow: true },
  ),
  route('/upload', () => import('../features/upload/upload-page.tsx').then(({ UploadPage }) => UploadPage), {
    narrow: true,
  }),
  route(
    '/bulk',
    () =>
      import('../features/bulk/bulk-page.tsx').then(({ BulkPage }) => ({ search }) => <BulkPage search={search} />),
    { narrow: true },
  ),
  route('/certificates/:thumbprint', () =>
    import('./certificate-view.tsx').then(({ CertificateView }) => ({ params: { thumbprint = '' }, search }) => (
      <CertificateView key={thumbprint} thumbprint={thumbprint} search={search} />
    )),
  ),
  route(
    '/certificates/:thumbprint/history',
    () =>
      import('../features/history/history-page.tsx').then(({ HistoryPage }) => ({ params: { thumbprint = '' } }) => (
        <HistoryPage key={thumbprint} thumbprint={thumbprint} />
      )),
    { narrow: true },
  ),
  route(
    '/history',
    () =>
      import('../features/history/history-page.tsx').then(({ HistoryPage }) => () => <HistoryPage />),
    { narrow: true },
  ),
  route(
    '/certificates/:thumbprint/use',
    () =>
      import('../features/use/use-page.tsx').then(({ UsePage }) => ({ params }) => (
        <UsePage thumbprint={params.thumbprint ?? ''} />
      )),
    { narrow: true },
  ),
  route(
    '/certificates/:thumbprint/edit',
    () =>
      import('../features/edit/edit-page.tsx').then(({ EditPage }) => {
        // Another certificate is another form.
        return ({ params: { thumbprint = '' } }) => <EditPage key={thumbprint} thumbprint={thumbprint} />;
      }),
    { narrow: true },
  ),
  route(
    '/certificates/:thumbprint/rotate',
    () =>
      import('./rotate-view.tsx').then(({ RotateView }) => ({ params: { thumbprint = '' }, search }) => (
        <RotateView key={thumbprint} thumbprint={thumbprint} search={search} />
      )),
    { narrow: true },
  ),
  route(
    '/server',
    () => import('../features/server-certificate/server-page.tsx').then(({ ServerPage }) => ServerPage),
    { narrow: true },
  ),
  route(
    '/server/export',
    () => import('../features/server-certificate/export-page.tsx').then(({ ExportPage }) => ExportPage),
    { narrow: true },
  ),
  route(
    '/server/replace',
    () => import('../features/server-certificate/replace-page.tsx').then(({ ReplacePage }) => ReplacePage),
    { narrow: true },
  ),
  route(
    '/two-factor',
    () =>
      import('../features/two-factor/two-factor-page.tsx').then(({ TwoFactorPage }) => ({ search }) => (
        <TwoFactorPage search={search} />
      )),
    { open: true, narrow: true },
  ),
];
