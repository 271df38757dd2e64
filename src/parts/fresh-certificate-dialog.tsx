import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Viewer } from '../domain/allowed-actions.ts';
import { useApi } from '../queries/api-context.ts';
import { whoAmIQuery } from '../queries/certificates.ts';
import { type Editable, editableQuery } from '../queries/editable.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { FailureNotice } from './failure-notice.tsx';

/**
 * How a dialog about one certificate begins: it is read anew, whatever a list says, then `children` draws the dialog itself, with what was
 * read first for as long as it stands.
 */
export function FreshCertificateDialog({
  thumbprint,
  title,
  onClose,
  children,
}: {
  thumbprint: string;
  /** Until the certificate is there. */
  title: string;
  onClose: () => void;
  children: (editable: Editable, viewer: Viewer) => ReactNode;
}) {
  const api = useApi();
  const read = useQuery(editableQuery(api, thumbprint));
  const { data: viewer } = useQuery(whoAmIQuery(api));
  const [opened, setOpened] = useState<Editable>();
  // An answer from before may be old: only a fresh one counts.
  if (opened === undefined && read.isFetchedAfterMount && read.data != null) setOpened(read.data);
  if (opened !== undefined && viewer != null) return children(opened, viewer);
  return (
    <Dialog title={title} onClose={onClose}>
      {read.error !== null ? (
        <FailureNotice error={read.error} onRetry={() => void read.refetch()} />
      ) : read.data === null ? (
        <Notice tone="warn" title="No certificate with this thumbprint is registered">
          It may have been deleted meanwhile.
        </Notice>
      ) : (
        <>
          <Spinner label="Reading the certificate" />
          <Skeleton width="80%" />
          <Skeleton width="50%" />
        </>
      )}
    </Dialog>
  );
}
