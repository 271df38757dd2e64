import { useState } from 'react';
import { atMost } from '../../pki/file-limits.ts';
import type { CertificateFile } from '../../pki/read-certificate-file.ts';
import { useNavigation } from '../../ui/navigation.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { useLockedFile } from '../../ui/use-locked-file.ts';
import { ChooseFile } from './choose-file.tsx';
import { handedOver } from './handed-over.ts';
import { readUpload } from './read-upload.ts';
import { ReviewUpload } from './review-upload.tsx';
import css from './upload.module.css';
import type { UploadForm } from './upload-form.ts';
import { useHandedOver } from './use-handed-over.ts';

/** Registers a certificate that was made elsewhere: choose it, see what is in it, say what it may do. */
export function UploadPage() {
  const navigation = useNavigation();
  const file = useLockedFile<CertificateFile>(readUpload, { atMost });
  /** What was entered for one file is there for the next. */
  const [kept, setKept] = useState<UploadForm | null>(null);
  const [given] = useState(() => handedOver(navigation.state()));
  useHandedOver(given, file.take);
  const { state } = file;
  return (
    <div className={css.page}>
      <PageHeader title="Upload a certificate" back={{ to: '/', label: 'Certificates' }}>
        RavenDB lets in whoever holds the key of a registered certificate.
      </PageHeader>
      {state.step === 'read' ? (
        <ReviewUpload
          name={state.name}
          file={state.content}
          initialName={given?.name}
          kept={kept}
          onAnother={(form) => {
            setKept(form);
            file.clear();
          }}
        />
      ) : (
        <div className={css.narrow}>
          <ChooseFile file={file} />
        </div>
      )}
    </div>
  );
}
