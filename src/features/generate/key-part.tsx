import { RadioCards } from '../../ui/radio-cards.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import css from './generate.module.css';
import type { GenerateForm } from './generate-form.ts';

const algorithms = [
  { value: 'P-256', label: 'P-256', description: 'Made at once; small and fast in every handshake.' },
  { value: 'RSA-4096', label: 'RSA-4096', description: 'For software that knows RSA only. Takes some seconds.' },
] as const;

const encryptions = [
  {
    value: 'modern',
    label: 'Modern',
    description: 'AES-256 and SHA-256: opens from Windows 10 (1709), macOS 15 and Java 8u301 on.',
  },
  {
    value: 'compatible',
    label: 'Compatible',
    description: 'Triple DES and SHA-1, as RavenDB writes it: weaker, for older systems.',
  },
] as const;

type KeyForm = Pick<GenerateForm, 'keyMaker' | 'keyAlgorithm' | 'pfxEncryption'>;

/** Who makes the private key, and for one that is made here which key and which file. */
export function KeyPart({
  form: { keyMaker, keyAlgorithm, pfxEncryption },
  onChange,
}: {
  form: KeyForm;
  onChange: (change: Partial<KeyForm>) => void;
}) {
  return (
    <div className={css.keyPart}>
      <RadioCards
        legend="Private key"
        value={keyMaker}
        options={[
          {
            value: 'server',
            label: 'Made by the server',
            description: 'RSA-4096, signed with the server’s certificate. It sends the key once, over TLS',
          },
          {
            value: 'browser',
            label: 'Made in this browser',
            description: 'Never sent anywhere: the server gets the self-signed certificate only',
            // WebCrypto is there for secure pages only.
            disabledReason: globalThis.isSecureContext ? undefined : 'Only where this page comes by HTTPS',
          },
        ]}
        onChange={(maker) => onChange({ keyMaker: maker })}
      />
      {keyMaker === 'browser' ? (
        <div className={css.pair}>
          <Choose
            label="Kind of key"
            options={algorithms}
            value={keyAlgorithm}
            onChange={(algorithm) => onChange({ keyAlgorithm: algorithm })}
          />
          <Choose
            label="Encryption of the .pfx file"
            options={encryptions}
            value={pfxEncryption}
            onChange={(encryption) => onChange({ pfxEncryption: encryption })}
          />
        </div>
      ) : null}
    </div>
  );
}

function Choose<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: Value; label: string; description: string }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <div className={css.choose}>
      <span aria-hidden="true">{label}</span>
      <SegmentedControl label={label} options={options} value={value} onChange={onChange} />
      <span className={css.small}>{options.find((option) => option.value === value)?.description}</span>
    </div>
  );
}
