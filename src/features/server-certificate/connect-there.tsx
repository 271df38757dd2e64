import { useState } from 'react';
import type { CertificateFacts } from '../../pki/parse-certificate.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import css from './server-certificate.module.css';
import { Step } from './step.tsx';

/** Thumbprints in a text, whatever is around them. */
const thumbprintsIn = (text: string): string[] =>
  (text.replace(/[:\u200e]/g, '').match(/[0-9a-f]{40}/gi) ?? []).map((thumbprint) => thumbprint.toUpperCase());

/** This cluster connects to another one: export here, register there, compare. */
export function ConnectThere({
  certificates,
  saved,
  onSave,
}: {
  certificates: readonly CertificateFacts[];
  saved: boolean;
  onSave: () => void;
}) {
  const [pasted, setPasted] = useState('');
  const found = thumbprintsIn(pasted);
  const own = certificates.map(({ thumbprint }) => thumbprint);
  const missing = own.filter((thumbprint) => !found.includes(thumbprint));
  const same = own.length > 0 && missing.length === 0;
  const problem =
    pasted.trim() === '' || same
      ? undefined
      : found.length === 0
        ? 'No thumbprint is in this text: it has 40 digits 0–9 and A–F.'
        : found.some((thumbprint) => own.includes(thumbprint))
          ? `Not all are there. Missing: ${missing.join(', ')}`
          : 'These are not this cluster’s thumbprints. Upload the file from step 1 there.';
  return (
    <ol className={css.steps}>
      <Step number={1} title="Download this cluster’s certificates" done={saved}>
        <p className={css.text}>
          The file holds every server certificate of this cluster, so that each node is let in.
        </p>
        <div>
          <Button icon="download" onClick={onSave}>
            {saved ? 'Download again' : 'Download .pfx'}
          </Button>
        </div>
      </Step>
      <Step number={2} title="Upload it in the other cluster’s console" done={same}>
        <p className={css.text}>
          There, upload the file with the clearance User and access to the database that receives: “Read and write” is
          enough for replication and ETL.
        </p>
      </Step>
      <Step number={3} title="Compare" done={same}>
        <TextField
          label="Thumbprint that the other console shows"
          hint={
            same
              ? 'The same: the other cluster knows this one.'
              : own.length === 1
                ? 'Copy it from the new entry’s details there.'
                : `Copy all ${own.length} from the new entry’s details there.`
          }
          error={problem}
          spellCheck={false}
          value={pasted}
          onChange={(event) => setPasted(event.target.value)}
        />
      </Step>
    </ol>
  );
}
