import { lazy, Suspense, version } from 'react';
import { createRoot } from 'react-dom/client';

const CertificatesConsole = lazy(() =>
  import('raven_certificates/CertificatesConsole').then((remote) => ({ default: remote.CertificatesConsole })),
);

createRoot(document.getElementById('root')).render(
  <>
    <h1>A federated portal on React {version}</h1>
    <Suspense fallback="Loading">
      <CertificatesConsole baseUrl="/certificates/raven" />
    </Suspense>
  </>,
);
