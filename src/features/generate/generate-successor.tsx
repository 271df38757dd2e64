import { useState } from 'react';
import type { CertificateEntry } from '../../domain/certificate-entry.ts';
import { formInPlaceOf } from './generate-form.ts';
import { GenerateView, type Succession } from './generate-view.tsx';

/** Issues a certificate with the name and rights of another; what happens to that one afterwards changes the form no more. */
export function GenerateSuccessor({ of, onIssued }: { of: CertificateEntry; onIssued: Succession['onIssued'] }) {
  const [begin] = useState(() => formInPlaceOf(of));
  return <GenerateView begin={begin} succession={{ thumbprint: of.thumbprint, onIssued }} />;
}
