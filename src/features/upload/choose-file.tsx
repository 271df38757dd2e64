import { type ClipboardEvent, useState } from 'react';
import type { CertificateFile } from '../../pki/read-certificate-file.ts';
import { Card } from '../../ui/card.tsx';
import { LockedFileField } from '../../ui/locked-file-field.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { TextAreaField } from '../../ui/text-area-field.tsx';
import { UnlockForm } from '../../ui/unlock-form.tsx';
import type { LockedFile } from '../../ui/use-locked-file.ts';
import css from './upload.module.css';

const pastedName = 'Pasted text';
const accepted = '.pfx,.p12,.cer,.crt,.der,.pem,.p7b,.p7c,.zip,.txt,application/x-pkcs12,application/x-x509-ca-cert';

/** The first step: a file, dropped or chosen, or text that was copied from somewhere. */
export function ChooseFile({ file }: { file: LockedFile<CertificateFile> }) {
  const [way, setWay] = useState<'file' | 'text'>('file');
  const takeText = (text: string) => file.take({ name: pastedName, bytes: new TextEncoder().encode(text) });
  const paste = (event: ClipboardEvent) => {
    if (event.target instanceof HTMLTextAreaElement) return;
    const [pasted] = event.clipboardData.files;
    const text = event.clipboardData.getData('text');
    if (pasted !== undefined) file.take(pasted);
    else if (text.includes('BEGIN ')) takeText(text);
    else return;
    event.preventDefault();
  };
  return (
    <Card className={css.card} onPaste={paste} aria-label="Choose the certificate">
      <div>
        <SegmentedControl
          label="Where the certificate is"
          options={[
            { value: 'file', label: 'In a file' },
            { value: 'text', label: 'Paste as text' },
          ]}
          value={way}
          onChange={(next) => {
            file.clear();
            setWay(next);
          }}
        />
      </div>
      {way === 'file' ? (
        <LockedFileField
          file={file}
          label="Choose a certificate file, or drop it here"
          hint=".pfx, .p12, .cer, .crt, .der, .pem, .p7b, or RavenDB’s .zip; one certificate or several. It is read in this browser: nothing is sent yet."
          accept={accepted}
        />
      ) : (
        <>
          <PastedText file={file} onText={takeText} />
          <UnlockForm file={file} />
        </>
      )}
    </Card>
  );
}

/** A beginning without its end is still being typed or pasted. */
const isWhole = (text: string): boolean => !text.includes('BEGIN ') || /BEGIN [^]+END [A-Za-z0-9 ]+/.test(text);

function PastedText({ file, onText }: { file: LockedFile<CertificateFile>; onText: (text: string) => void }) {
  const { state, clear } = file;
  return (
    <TextAreaField
      label="Certificate as text"
      hint="PEM or base64. A private key in it is left out: only the certificate is sent."
      placeholder="-----BEGIN CERTIFICATE-----"
      rows={10}
      autoComplete="off"
      error={state.step === 'unreadable' ? state.problem : undefined}
      onChange={(event) => {
        const text = event.target.value;
        if (text.trim() === '') clear();
        else if (isWhole(text)) onText(text);
      }}
      onBlur={(event) => {
        const text = event.target.value;
        if (text.trim() !== '' && !isWhole(text)) onText(text);
      }}
    />
  );
}
