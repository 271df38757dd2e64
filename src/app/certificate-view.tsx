import { DeleteAsked } from '../features/delete/delete-asked.tsx';
import { DetailsPage } from '../features/details/details-page.tsx';
import { SwitchAsked } from '../features/switch/switch-asked.tsx';

/** A certificate's page, with the dialog that its address asks for: they are features of their own, and meet here. */
export function CertificateView({ thumbprint, search }: { thumbprint: string; search: string }) {
  return (
    <>
      <DetailsPage thumbprint={thumbprint} />
      <SwitchAsked thumbprint={thumbprint} search={search} />
      <DeleteAsked thumbprint={thumbprint} search={search} />
    </>
  );
}
