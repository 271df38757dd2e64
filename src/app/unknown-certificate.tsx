import { EmptyState } from '../ui/empty-state.tsx';

/** The connection works, but the server doesn't know the certificate it presents (whoami answers 204). */
export function UnknownCertificate() {
  return (
    <EmptyState icon="key" title="The server doesn’t know this console’s certificate">
      <p>
        Ask a cluster admin to register it, or start the console again with a certificate that is registered (
        <code>--pfx</code>).
      </p>
    </EmptyState>
  );
}
